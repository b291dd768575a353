#include "base/log.h"
#include "base/test.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Standard error, for the while of one call, is this file. */
struct capture {
	int saved, file;
};

static struct capture
capture_begin(void)
{
	struct capture c = { dup(STDERR_FILENO), -1 };

	c.file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	EXPECT(c.saved >= 0 && c.file >= 0);
	EXPECT(dup2(c.file, STDERR_FILENO) >= 0);
	return c;
}

static const char *
capture_end(struct capture c, struct arena *arena)
{
	char *text = arena_take(arena, 8192);

	dup2(c.saved, STDERR_FILENO);
	EXPECT(pread(c.file, text, 8191, 0) >= 0);
	close(c.saved);
	close(c.file);
	return text;
}

TEST(an_event_is_one_line_of_json)
{
	TEST_ARENA(a);
	struct capture c = capture_begin();
	const char *line;

	LOG(LOG_WARN, "mail refused", LOG_INT("mail", 42),
	    LOG_TEXT("code", "5\"50"));
	line = capture_end(c, a);
	EXPECT(text_begins(line, "{\"at\":\"20"));
	EXPECT_TEXT(strstr(line, "Z\",\"level\""), "Z\",\"level\":\"warn\","
	    "\"event\":\"mail refused\",\"mail\":42,\"code\":\"5\\\"50\"}\n");
}

TEST(an_error_is_told_with_its_kind)
{
	TEST_ARENA(a);
	Err e = err_make(a, ERR_FULL, "no room");
	struct capture c = capture_begin();
	const char *line;

	log_err("back-up failed", e);
	line = capture_end(c, a);
	EXPECT_TEXT(strstr(line, "\"level\""), "\"level\":\"fail\","
	    "\"event\":\"back-up failed\",\"kind\":\"full\","
	    "\"error\":\"no room\"}\n");
}

TEST(a_newline_in_a_value_does_not_begin_a_line)
{
	TEST_ARENA(a);
	struct capture c = capture_begin();

	LOG(LOG_NOTE, "x", LOG_TEXT("a", "b\n{\"at\":\"forged\"}"));
	EXPECT_INT(strcspn(capture_end(c, a), "\n") + 1, strlen("{\"at\":"
	    "\"2026-11-22T06:00:00.000Z\",\"level\":\"note\",\"event\":\"x\","
	    "\"a\":\"b\\u000a{\\\"at\\\":\\\"forged\\\"}\"}\n"));
}

TEST(bytes_that_are_no_text_are_question_marks)
{
	TEST_ARENA(a);
	struct capture c = capture_begin();

	LOG(LOG_NOTE, "x", LOG_TEXT("a", "b\xff\xc3"));
	EXPECT(strstr(capture_end(c, a), "\"a\":\"b??\"}\n") != NULL);
}

TEST(a_text_that_is_too_long_is_cut_and_the_line_stays_whole)
{
	TEST_ARENA(a);
	struct capture c = capture_begin();
	const char *line;
	char *text;
	size_t len;

	text = memset(arena_take(a, 5001), 0xc3, 5000);
	for (size_t i = 1; i < 5000; i += 2)
		text[i] = (char)0xa9;
	LOG(LOG_NOTE, "long", LOG_TEXT("text", text));
	line = capture_end(c, a);
	len = strlen(line);
	EXPECT(len < 2048);
	EXPECT(text_is_utf8(line, len));
	EXPECT(len > 1900);
	EXPECT_TEXT(line + len - 3, "\"}\n");
}
