/*
 * Post: letters by e-mail.  A letter is written into the outbox in the
 * transaction of what it tells, so that there is none without the other; a
 * thread takes the outbox's letters away.  Each is delivered at least once;
 * when a crash makes it twice, both carry the same Message-ID.
 *
 * Letters greet without a name and quote no question: what is in a mail is
 * read by its relays.  They say that there is something, and where.
 *
 * The page on which the office sees the outbox is programme/mail_pages.c.
 */
#ifndef POST_POST_H
#define POST_POST_H

#include "web/route.h"

enum letter_state {
	LETTER_WAITING,         /* until not_before, and between attempts */
	LETTER_CLAIMED,         /* a sender has it; too late for undo */
	LETTER_SENT,            /* the next server has taken it */
	LETTER_FAILED,          /* given up; a person may try again */
	LETTER_UNDONE,          /* taken back in time */
};
enum {
	LETTER_STATE_LEAST = LETTER_WAITING,
	LETTER_STATE_MOST = LETTER_UNDONE,
};

enum { LETTER_PARAGRAPHS = 8 };

/* The texts are plain, and translated by the caller: words_say(lang, …). */
struct letter {
	const char *kind;       /* a fixed word, N_("application received") */
	int64_t object;         /* id of what it is about */
	const char *to;         /* one address */
	enum language lang;
	const char *subject;    /* one line */
	const char *paragraphs[LETTER_PARAGRAPHS];
	size_t nparagraphs;
	const char *button;     /* NULL for none */
	const char *href;       /* where the button goes, from url_of */
	int64_t wait_us;        /* time to undo it; 0 leaves at once */
	const char *calendar;   /* an iCalendar REQUEST, or NULL */
};

/*
 * Write a letter of the request's programme, or of the installation when it
 * has none.  An address that cannot be mailed, or is known to refuse our
 * mail, is no error: the letter is kept as failed, for the office to see.
 */
MUST_USE Err letter_send(struct req *, const struct letter *);

/*
 * Take back the newest letter of this kind about this object; one that was
 * taken back already stays so.  UNDONE is false when there is none, or when a
 * sender has touched it: then it may have arrived.
 */
MUST_USE Err letter_undo(struct req *, const char *kind, int64_t object,
    bool *undone);

/* ---- The outbox, for the page that shows it ----------------------------- */

enum letter_box { BOX_WAITING, BOX_SENT, BOX_FAILED };

struct letter_line {
	int64_t id;
	const char *kind;
	const char *recipient;  /* "" after 30 days */
	enum letter_state state;
	struct instant created;
	struct instant at;      /* due, sent or failed; as the box asks */
	int tries;
	bool can_undo;
	const char *failure;    /* what the other server said */
	bool can_read;          /* it lies in a file: letter_read */
};

enum { LETTERS_A_PAGE = 50 };

struct letter_page {
	struct letter_line *line;       /* newest first; waiting: next first */
	size_t n;
	bool more;                      /* there is a next page */
};

/* PAGE counts from 0. */
MUST_USE Err letter_list(struct req *, enum letter_box, int64_t page,
    struct letter_page *out);
/* Whether the request's programme has a letter of this number. */
MUST_USE Err letter_exists(struct req *, int64_t id, bool *exists);
MUST_USE Err letter_undo_one(struct req *, int64_t id, bool *undone);
/* A failed letter once more, from the first attempt on. */
MUST_USE Err letter_try_again(struct req *, int64_t id, bool *found);
/* A failed letter that somebody has dealt with in another way. */
MUST_USE Err letter_drop(struct req *, int64_t id, bool *dropped);

/*
 * A letter that was written to a file because there is no mail server.  Its
 * links are shown without their tokens: they are for whom it was sent to.
 */
struct letter_reading {
	const char *recipient;
	const char *subject;
	const char *text;
};
MUST_USE Err letter_read(struct req *, int64_t id, bool *found,
    struct letter_reading *out);

/* ---- The sender, started by app/ ---------------------------------------- */

struct post_config {
	const struct site *site;
	const char *smtp;       /* "smtps://user:password@host"; "" for files */
	const char *from;       /* our address, the envelope's too */
	const char *ca_file;    /* of who vouches for it; "": the system's */
};

struct post;
/* Starts the thread.  TLS is required unless the server is this machine. */
MUST_USE Err post_start(struct arena *, const struct post_config *,
    struct post **out);
/* Ends it after the letter at hand. */
void post_stop(struct post *);

/* Without routes: it tidies the outbox. */
extern const struct feature post_feature;

#endif
