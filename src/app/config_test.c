/* Settings from flags, the environment and a file, in that order. */
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "base/test.h"

static void
forget_environment(void)
{
	unsetenv("FJOUWER_DATABASE");
	unsetenv("FJOUWER_LISTEN");
	unsetenv("FJOUWER_DATA");
	unsetenv("FJOUWER_BASE_URL");
	unsetenv("FJOUWER_CONFIG");
}

TEST(without_settings_it_is_sqlite_in_data_on_this_machine)
{
	TEST_ARENA(a);
	char *argv[] = { "serve", NULL };
	int argc = 1;
	struct config c;

	forget_environment();
	EXPECT_OK(config_read(a, &argc, argv, &c));
	EXPECT_INT(argc, 1);
	EXPECT_TEXT(c.value[SET_DATABASE], "sqlite:data/fjouwer.db");
	EXPECT_TEXT(c.value[SET_LISTEN], "127.0.0.1:8080");
	EXPECT_TEXT(c.value[SET_BASE_URL], "http://localhost:8080");
	EXPECT_TEXT(c.value[SET_SMTP], "");
}

TEST(a_password_is_not_taken_from_the_command_line)
{
	static const struct { const char *why, *flag; bool taken; } cases[] = {
		{ "a mail server's", "--smtp=smtp://u:secret@h:587", false },
		{ "a database's", "--database=postgres:host=h password=secret",
		  false },
		{ "the same as an address",
		  "--database=postgres:postgresql://u:secret@h/d", false },
		{ "behind the address",
		  "--database=postgres:postgresql://h/d?password=secret",
		  false },
		{ "of a key", "--database=postgres:host=h sslpassword = secret",
		  false },
		{ "a directory with an @", "--database=sqlite:/srv/a@b/f.db",
		  true },
		{ "one called so", "--database=sqlite:/srv/password=/f.db",
		  true },
		{ "a user without",
		  "--database=postgres:postgresql://u@h:5432/d", true },
		{ "a port is none",
		  "--database=postgres:postgresql://h:5432/d?x=a@b", true },
		{ "a mail server without", "--smtp=smtp://localhost:25", true },
		{ "a database without", "--database=postgres:host=h", true },
	};
	TEST_ARENA(a);

	forget_environment();
	for (size_t i = 0; i < LEN(cases); i++) {
		char *argv[] = { text_copy(a, cases[i].flag), NULL };
		int argc = 1;
		struct config c;
		Err err = config_read(a, &argc, argv, &c);

		EXPECT_INT_WHY(err == OK, cases[i].taken, cases[i].why);
		EXPECT(err == OK || strstr(err->text, "secret") == NULL);
	}
}

TEST(a_flag_wins_over_the_environment)
{
	TEST_ARENA(a);
	char *argv[] = { "serve", "--listen", "[::1]:9000", "--json",
		"--data=/srv/x", NULL };
	int argc = 5;
	struct config c;

	forget_environment();
	setenv("FJOUWER_LISTEN", "127.0.0.1:1", 1);
	EXPECT_OK(config_read(a, &argc, argv, &c));
	EXPECT_INT(argc, 2);
	EXPECT_TEXT(argv[1], "--json");
	EXPECT_TEXT(c.value[SET_LISTEN], "[::1]:9000");
	EXPECT_TEXT(c.value[SET_DATABASE], "sqlite:/srv/x/fjouwer.db");
	EXPECT_TEXT(c.value[SET_BASE_URL], "http://localhost:9000");
	forget_environment();
}

TEST(a_flag_without_its_value_is_refused)
{
	TEST_ARENA(a);
	char *argv[] = { "serve", "--listen", NULL };
	int argc = 2;
	struct config c;
	Err err;

	forget_environment();
	err = config_read(a, &argc, argv, &c);
	EXPECT(err != OK);
	EXPECT_TEXT(err->text, "--listen needs a value");
}

TEST(a_file_of_settings_is_read_and_its_mistakes_are_named)
{
	const struct {
		const char *why, *text, *refused;
	} cases[] = {
		{ "comments and space", "# ours\n\n  data = /srv/x \n", NULL },
		{ "an equals sign in a value",
		  "database=postgres:host=db\n", NULL },
		{ "no end of line", "data=/srv/x", NULL },
		{ "a setting that is none", "data=/a\ncolour=red\n",
		  "line 2 of the settings: there is no setting \"colour\"" },
		{ "no equals sign", "data\n",
		  "line 1 of the settings has no \"=\"" },
	};
	TEST_ARENA(a);

	for (size_t i = 0; i < LEN(cases); i++) {
		struct config c = { 0 };
		Err err = config_parse(a, cases[i].text, &c);

		EXPECT_TEXT_WHY(err != OK ? err->text : "",
		    cases[i].refused != NULL ? cases[i].refused : "",
		    cases[i].why);
	}
}
