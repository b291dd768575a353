/*
 * Reading GNU .mo catalogues: see words.h.  The file is a header of seven
 * numbers, two tables of (length, offset) for the ids and what they mean, and
 * a hash table of the ids, open-addressed with double hashing.
 */
#include <string.h>

#include "base/words.h"

enum { MAGIC, REVISION, COUNT, IDS, MEANINGS, HASHES, HASH_TABLE, HEADER };

static const uint32_t MO_MAGIC = 0x950412de;

/* Numbers are little-endian: msgfmt is asked for that. */
static uint32_t
number(struct mo mo, size_t at)
{
	const unsigned char *p = mo.data + at;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

static uint32_t
header(struct mo mo, size_t field)
{
	return number(mo, field * 4);
}

/* Text I of the table that HEADER_FIELD points to. */
static const char *
text(struct mo mo, size_t header_field, uint32_t i, size_t *len)
{
	size_t entry = header(mo, header_field) + (size_t)i * 8;

	*len = number(mo, entry);
	return (const char *)mo.data + number(mo, entry + 4);
}

static bool
table_fits(struct mo mo, size_t header_field, uint64_t bytes)
{
	return header(mo, header_field) + bytes <= mo.len;
}

/* Every text of a table lies in the file and is ended by NUL. */
static bool
texts_fit(struct mo mo, size_t header_field)
{
	for (uint32_t i = 0; i < header(mo, COUNT); i++) {
		size_t entry = header(mo, header_field) + (size_t)i * 8;
		uint64_t end = (uint64_t)number(mo, entry) +
		    number(mo, entry + 4);

		if (end >= mo.len || mo.data[end] != '\0')
			return false;
	}
	return true;
}

static bool
hashes_fit(struct mo mo)
{
	for (uint32_t i = 0; i < header(mo, HASHES); i++) {
		size_t at = header(mo, HASH_TABLE) + (size_t)i * 4;

		if (number(mo, at) > header(mo, COUNT))
			return false;
	}
	return true;
}

bool
mo_is_sound(struct mo mo)
{
	uint64_t count, hashes;

	if (mo.len < HEADER * 4 || header(mo, MAGIC) != MO_MAGIC ||
	    header(mo, REVISION) != 0)
		return false;
	count = header(mo, COUNT);
	hashes = header(mo, HASHES);
	return hashes > 2 && table_fits(mo, IDS, count * 8) &&
	    table_fits(mo, MEANINGS, count * 8) &&
	    table_fits(mo, HASH_TABLE, hashes * 4) &&
	    texts_fit(mo, IDS) && texts_fit(mo, MEANINGS) && hashes_fit(mo);
}

/* The hash of P. J. Weinberger, by which msgfmt has filled the table. */
static uint32_t
hash(const char *s)
{
	uint32_t h = 0;

	for (; *s != '\0'; s++) {
		uint32_t high;

		h = (h << 4) + (unsigned char)*s;
		high = h & 0xf0000000u;
		h ^= high | high >> 24;
	}
	return h;
}

const char *
mo_find(struct mo mo, const char *msgid, size_t *len)
{
	uint32_t h = hash(msgid), size = header(mo, HASHES);
	uint32_t at = h % size, step = 1 + h % (size - 2);

	for (uint32_t tries = 0; tries < size; tries++) {
		size_t id_len;
		uint32_t i = number(mo, header(mo, HASH_TABLE) +
		    (size_t)at * 4);

		if (i == 0)
			return NULL;
		if (strcmp(text(mo, IDS, i - 1, &id_len), msgid) == 0)
			return text(mo, MEANINGS, i - 1, len);
		at = at >= size - step ? at - (size - step) : at + step;
	}
	return NULL;
}
