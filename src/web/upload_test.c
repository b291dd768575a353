/*
 * Forms with a file, over a socket and without.
 */
#include <string.h>
#include <unistd.h>

#include "web/test_socket.h"

#define PART "--x\r\nContent-Disposition: form-data; name="
#define AS_MEMBER "Cookie: __Host-login=1\r\n"

static const char *
form_token(const struct running *r)
{
	const char *form = strstr(ask(r, "GET /form HTTP/1.1\r\n" HOST
	    AS_MEMBER LAST), "\r\n\r\n") + 4;

	return text_copy_n(r->house->arena, form, strcspn(form, " "));
}

/* A form with a file of so many kilobytes. */
static const char *
form_of(const struct running *r, int kilobytes)
{
	struct arena *a = r->house->arena;
	const char *kilobyte = text_repeat(a, "", "0123456789abcdef", 64, "");

	return text_repeat(a, text_fmt(a,
	    PART "\"_token\"\r\n\r\n%s\r\n"
	    PART "\"title\"\r\n\r\nmentors\r\n"
	    PART "\"sheet\"; filename=\"list.csv\"\r\n"
	    "Content-Type: text/csv\r\n\r\n", form_token(r)),
	    kilobyte, kilobytes, "\r\n--x--\r\n");
}

static const char *
send_form(const struct running *r, const char *path, const char *cookie,
    const char *form)
{
	return ask(r, text_fmt(r->house->arena, "POST %s HTTP/1.1\r\n" HOST
	    "%sContent-Type: multipart/form-data; boundary=x\r\n"
	    "Content-Length: %zu\r\n" LAST "%s", path, cookie, strlen(form),
	    form));
}

TEST(a_file_comes_with_the_fields_of_its_form)
{
	SERVER(r);

	EXPECT_INT(status_of(send_form(r, "/fryslan/files", AS_MEMBER,
	    form_of(r, 3))), 303);
	EXPECT(house_has(r->house, "list.csv 3072 mentors"));
}

TEST(a_file_may_be_as_large_as_the_limit)
{
	SERVER(r);

	EXPECT_INT(status_of(send_form(r, "/fryslan/files", AS_MEMBER,
	    form_of(r, 3072))), 303);
	EXPECT(house_has(r->house, "list.csv 3145728 mentors"));
}

TEST(a_file_past_the_limit_is_refused_with_a_sentence)
{
	SERVER(r);
	const char *reply = send_form(r, "/fryslan/files", AS_MEMBER,
	    form_of(r, 5000));

	EXPECT_INT(status_of(reply), 413);
	EXPECT(strstr(reply, "Dit bestand is te groot") != NULL);
	EXPECT_INT(house_count(r->house, "%"), 0);
}

TEST(a_large_file_is_taken_from_nobody_who_may_not_send_one)
{
	SERVER(r);
	const char *form = form_of(r, 3000);

	EXPECT_INT(status_of(send_form(r, "/fryslan/files", "", form)), 413);
	EXPECT_INT(status_of(send_form(r, "/elders/files", AS_MEMBER, form)),
	    413);
	EXPECT_INT(status_of(send_form(r, "/fryslan/files", "",
	    form_of(r, 3))), 403);
}

TEST(a_page_that_takes_no_file_says_so)
{
	SERVER(r);

	EXPECT_INT(status_of(send_form(r, "/fryslan/notes", AS_MEMBER,
	    form_of(r, 3))), 415);
}

TEST(a_form_with_a_file_needs_its_token)
{
	static const char form[] = PART "\"sheet\"; filename=\"a\"\r\n\r\nb"
	    "\r\n--x--\r\n";
	SERVER(r);

	EXPECT_INT(status_of(send_form(r, "/fryslan/files", AS_MEMBER,
	    form)), 403);
}

/* Four at a time lie in memory; whoever comes fifth is told to wait. */
TEST(a_fifth_file_at_a_time_waits)
{
	SERVER(r);
	const char *begin = text_fmt(r->house->arena,
	    "POST /fryslan/files HTTP/1.1\r\n" HOST AS_MEMBER
	    "Content-Type: multipart/form-data; boundary=x\r\n"
	    "Content-Length: 3000000\r\n" LAST "--x");
	int fds[4];
	const char *reply;

	for (size_t i = 0; i < LEN(fds); i++) {
		fds[i] = socket_connect(r);
		socket_send(fds[i], begin, strlen(begin));
	}
	pause_ms(200);
	reply = send_form(r, "/fryslan/files", AS_MEMBER, form_of(r, 3000));
	EXPECT_INT(status_of(reply), 503);
	EXPECT(strstr(reply, "\r\nRetry-After: 60\r\n") != NULL);
	for (size_t i = 0; i < LEN(fds); i++)
		close(fds[i]);
	pause_ms(200);
	EXPECT_INT(status_of(send_form(r, "/fryslan/files", AS_MEMBER,
	    form_of(r, 3000))), 303);
}

TEST(a_page_may_be_tried_with_a_file_and_without)
{
	struct house *h = house_open();
	struct reply reply;

	h->fake.cookie = "__Host-login=1";
	EXPECT_OK(fake_upload(&h->fake, "/fryslan/files", &(struct upload){
	    "sheet", "list.csv", "a;b", 3 }, &reply));
	EXPECT_INT(reply.status, 303);
	EXPECT(house_has(h, "list.csv 3 "));
	EXPECT_OK(fake_upload(&h->fake, "/fryslan/files", &(struct upload){
	    "sheet", "", "", 0 }, &reply));
	EXPECT_INT(reply.status, 422);
	EXPECT_TEXT(reply.body, "Choose a file.");
	house_close(h);
}
