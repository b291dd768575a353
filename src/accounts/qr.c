/* QR codes by libqrencode.  See qr.h. */
#include "accounts/qr.h"

#include <qrencode.h>

enum { MARGIN = 4 };

static void
free_code(QRcode **code)
{
	QRcode_free(*code);
}

/* One run of dark squares after another, row by row. */
static void
add_row(struct buf *b, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width; x++) {
		int from = x;

		while (x < width && (row[x] & 1) != 0)
			x++;
		if (x > from)
			buf_fmt(b, "M%d %dh%dv1h-%dz", from + MARGIN,
			    y + MARGIN, x - from, x - from);
	}
}

const char *
qr_path(struct arena *a, const char *text, int *side)
{
	QRcode *code CLEANUP(free_code) =
	    QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct buf b = buf_make(a);

	if (code == NULL)
		return NULL;
	for (int y = 0; y < code->width; y++)
		add_row(&b, code->data + y * code->width, code->width, y);
	*side = code->width + 2 * MARGIN;
	return buf_get(&b);
}
