/* SMTP by libcurl.  See smtp.h. */
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

#include "base/text.h"
#include "base/words.h"
#include "post/smtp.h"

enum { SAID_MAX = 200 };

struct smtp {
	CURL *curl;
	CURLU *url;
	const char *from;
};

/* What one attempt sends and hears. */
struct attempt {
	const char *left;
	size_t nleft;
	char said[SAID_MAX + 1];
};

static size_t
give_bytes(char *out, size_t size, size_t count, void *arg)
{
	struct attempt *a = arg;
	size_t n = size * count < a->nleft ? size * count : a->nleft;

	memcpy(out, a->left, n);
	a->left += n;
	a->nleft -= n;
	return n;
}

/* Keeps the last refusal; what follows it is only QUIT. */
static size_t
hear_line(char *line, size_t size, size_t count, void *arg)
{
	struct attempt *a = arg;
	size_t n = size * count;
	size_t keep = n < SAID_MAX ? n : SAID_MAX;

	if (n > 0 && (line[0] == '4' || line[0] == '5')) {
		memcpy(a->said, line, keep);
		a->said[keep] = '\0';
	}
	return n;
}

static bool
is_this_machine(const char *host)
{
	return text_same(host, "localhost") || text_same(host, "127.0.0.1") ||
	    text_same(host, "[::1]");
}

static bool
url_part(CURLU *u, CURLUPart part, char out[256])
{
	char *got = NULL;
	bool fits = curl_url_get(u, part, &got, 0) == CURLUE_OK &&
	    strlen(got) < 256;

	if (fits)
		strcpy(out, got);
	curl_free(got);
	return fits;
}

/* libcurl takes the name for EHLO from the URL's path. */
static bool
url_take(struct smtp *s, const struct smtp_config *c, const char *path,
    bool *here)
{
	char scheme[256], host[256];

	if (curl_url_set(s->url, CURLUPART_URL, c->url, 0) != CURLUE_OK ||
	    !url_part(s->url, CURLUPART_SCHEME, scheme) ||
	    !url_part(s->url, CURLUPART_HOST, host) ||
	    curl_url_set(s->url, CURLUPART_PATH, path, 0) != CURLUE_OK)
		return false;
	*here = is_this_machine(host) && text_same(scheme, "smtp");
	return text_same(scheme, "smtp") || text_same(scheme, "smtps");
}

static void
set_options(struct smtp *s, const struct smtp_config *c, bool here)
{
	CURL *curl = s->curl;

	curl_easy_setopt(curl, CURLOPT_CURLU, s->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	    (long)(here ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	if (!text_is_empty(c->ca_file))
		curl_easy_setopt(curl, CURLOPT_CAINFO, c->ca_file);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, c->from);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear_line);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
}

/* The URL holds a password, so no error repeats it. */
Err
smtp_open(struct arena *arena, const struct smtp_config *c, struct smtp **out)
{
	struct smtp *s = ARENA_NEW(arena, struct smtp, 1);
	bool here;

	s->curl = curl_easy_init();
	s->url = curl_url();
	if (s->curl == NULL || s->url == NULL) {
		smtp_close(s);
		return err_make(arena, ERR_FAILED, "no memory for SMTP");
	}
	if (!url_take(s, c, text_fmt(arena, "/%s", c->name), &here)) {
		smtp_close(s);
		return err_make(arena, ERR_INPUT, "the mail server must be "
		    "given as smtp://user:password@host:port");
	}
	set_options(s, c, here);
	*out = s;
	return OK;
}

void
smtp_close(struct smtp *s)
{
	curl_easy_cleanup(s->curl);
	curl_url_cleanup(s->url);
}

static CURLcode
perform(struct smtp *s, const char *to, struct attempt *a)
{
	struct curl_slist *list = curl_slist_append(NULL, to);
	CURLcode result = CURLE_OUT_OF_MEMORY;

	if (list != NULL) {
		curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, list);
		curl_easy_setopt(s->curl, CURLOPT_READDATA, a);
		curl_easy_setopt(s->curl, CURLOPT_HEADERDATA, a);
		result = curl_easy_perform(s->curl);
		curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	}
	curl_slist_free_all(list);
	return result;
}

/* libcurl judges the name itself, and gives no reason when it is another. */
static const char *
certificate_fault(struct smtp *s)
{
	long fault = X509_V_ERR_UNSPECIFIED;

	curl_easy_getinfo(s->curl, CURLINFO_SSL_VERIFYRESULT, &fault);
	if (fault == X509_V_ERR_UNSPECIFIED)
		return N_("The certificate of the mail server is of another "
		    "name, so nothing was sent.");
	if (fault == X509_V_ERR_CERT_HAS_EXPIRED)
		return N_("The certificate of the mail server has run out, "
		    "so nothing was sent.");
	return N_("Nobody we know vouches for the mail server, so nothing "
	    "was sent.");
}

static const char no_tls[] = N_("The mail server offers no safe connection, "
    "so nothing was sent.");

static const struct { CURLcode result; const char *said; } obstacles[] = {
	{ CURLE_COULDNT_RESOLVE_HOST,
	  N_("The name of the mail server leads nowhere.") },
	{ CURLE_COULDNT_CONNECT, N_("The mail server cannot be reached.") },
	{ CURLE_OPERATION_TIMEDOUT, N_("The mail server does not answer.") },
	{ CURLE_USE_SSL_FAILED, no_tls },
	{ CURLE_SSL_CONNECT_ERROR, no_tls },
	{ CURLE_SSL_CACERT_BADFILE,
	  N_("The file of who vouches for the mail server cannot be read.") },
	{ CURLE_LOGIN_DENIED,
	  N_("The mail server does not take our name and password.") },
};

/* What is wrong between us and the server, whatever the letter; or NULL. */
static const char *
obstacle(struct smtp *s, CURLcode result)
{
	if (result == CURLE_PEER_FAILED_VERIFICATION)
		return certificate_fault(s);
	for (size_t i = 0; i < LEN(obstacles); i++) {
		if (obstacles[i].result == result)
			return obstacles[i].said;
	}
	return NULL;
}

/*
 * An obstacle is ours to mend and the letter can wait, whatever number the
 * server said: refusing us it may say 550, which of a letter would mean that
 * nobody lives there.
 */
enum delivery
smtp_send(struct smtp *s, struct arena *arena, const char *to,
    const char *message, const char **said)
{
	struct attempt a = { .left = message, .nleft = strlen(message) };
	CURLcode result = perform(s, to, &a);
	long code = 0;

	*said = "";
	if (result == CURLE_OK)
		return DELIVERY_DONE;
	*said = obstacle(s, result);
	if (*said != NULL)
		return DELIVERY_LATER;
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &code);
	*said = a.said[0] != '\0' ? text_line(arena, a.said) :
	    N_("The mail server broke off the conversation.");
	return delivery_judge(false, code);
}
