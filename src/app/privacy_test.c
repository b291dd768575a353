/*
 * Whether the features know what they hold about people: every column of the
 * schema is either claimed in a feature's person_columns, or stands here with
 * the reason why it tells of nobody.
 *
 * A column is about a person when it names, quotes, describes or points to
 * one, or tells when somebody was there.  How the work went is not: the
 * programme counts it when the person is long forgotten.
 */
#include <string.h>

#include "app/feature_list.h"
#include "db/fixture.h"
#include "db/tables.h"

/*
 * COLUMNS are names with a space between; TABLE "*" is any.  Only a table
 * that claims nothing may be excused as a whole, by columns "*": a column
 * that comes to stand beside one about a person must be judged by itself.
 */
struct excuse {
	const char *table, *columns, *why;
};

static const char work[] = "how the work went";
static const char nobody[] = "of the programme, whoever works there";
static const char guards[] = "how a token is guarded; goes with its row";

static const struct excuse excuses[] = {
	{ "*", "programme id", "numbers that tell nothing by themselves" },
	{ "*", "version", "counts changes, whoever makes them" },
	{ "person", "must_use_factor created_at", work },
	{ "credential", "kind counter confirmed created_at", guards },
	{ "login", "token factors idle_until ends_at", guards },
	{ "challenge", "token kind tries created_at expires_at",
	  guards },
	{ "link", "token kind object created_at expires_at used_at", guards },
	{ "rate_limit", "count until", guards },
	{ "receipt", "*", "numbers of logins and forms, gone in two days" },
	{ "installation", "*", "words of the program" },
	{ "programme", "slug name place stage lang contact_days "
	  "decision_days team_size network_daily created_at", nobody },
	{ "quiet_span", "*", nobody },
	{ "topic", "*", nobody },
	{ "audit", "number at what object hash", "the actor is claimed" },
	{ "audit_head", "*", "a number and a hash" },
	{ "pseudonym", "alias", "random; says nothing without the person" },
	{ "outbox", "kind object lang created_at not_before state "
	  "claimed_at tries sent_at", work },
	{ "suppression", "at", work },
	{ "application", "state aside aside_at double_of channel "
	  "received_at", work },
	{ "application_topic", "*", work },
	{ "aside_count", "*", "numbers of a year" },
	{ "application_step", "application number step at", work },
	{ "promise", "application kind due_day made_at ended_at ending",
	  work },
};

static bool
is_claimed(const char *table, const char *column)
{
	for (size_t f = 0; f < nfeatures; f++) {
		for (size_t i = 0; i < features[f]->nperson_columns; i++) {
			const struct person_column *c =
			    &features[f]->person_columns[i];

			if (text_same(c->table, table) &&
			    text_same(c->column, column))
				return true;
		}
	}
	return false;
}

static bool
is_word_of(const char *words, const char *name)
{
	const size_t n = strlen(name);

	for (const char *at = words; (at = strstr(at, name)) != NULL; at++)
		if ((at == words || at[-1] == ' ') &&
		    (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

static bool
excuses_column(const struct excuse *e, const char *table, const char *column)
{
	return (text_same(e->table, "*") || text_same(e->table, table)) &&
	    (text_same(e->columns, "*") || is_word_of(e->columns, column));
}

static bool
is_excused(const char *table, const char *column)
{
	for (size_t i = 0; i < LEN(excuses); i++)
		if (excuses_column(&excuses[i], table, column))
			return true;
	return false;
}

static struct tables
tables_of(struct place *p)
{
	struct tables tables;

	place_migrate(p);
	EXPECT_OK(tables_list(p->db, p->arena, &tables));
	return tables;
}

/* "table.column" of the first that nobody answers for, or "". */
static const char *
unanswered(struct place *p, const struct tables *tables)
{
	for (size_t t = 0; t < tables->n; t++) {
		const struct table *table = &tables->at[t];

		for (size_t i = 0; i < table->ncolumns; i++) {
			const char *column = table->column[i].name;

			if (!is_claimed(table->name, column) &&
			    !is_excused(table->name, column))
				return text_fmt(p->arena, "%s.%s",
				    table->name, column);
		}
	}
	return "";
}

static bool
has_column(const struct tables *tables, const char *table, const char *column)
{
	for (size_t t = 0; t < tables->n; t++)
		for (size_t i = 0; i < tables->at[t].ncolumns; i++)
			if (text_same(tables->at[t].name, table) &&
			    text_same(tables->at[t].column[i].name, column))
				return true;
	return false;
}

/* How many columns E excuses; with CLAIMED those that need no excuse. */
static int
count_excused(const struct excuse *e, const struct tables *tables,
    bool claimed)
{
	int n = 0;

	for (size_t t = 0; t < tables->n; t++) {
		const struct table *table = &tables->at[t];

		for (size_t i = 0; i < table->ncolumns; i++) {
			const char *column = table->column[i].name;

			n += excuses_column(e, table->name, column) &&
			    is_claimed(table->name, column) == claimed;
		}
	}
	return n;
}

static int
count_words(const char *words)
{
	int n = 1;

	for (; *words != '\0'; words++)
		n += *words == ' ';
	return n;
}

TEST_ON_SQLITE(every_column_is_claimed_or_tells_of_nobody)
{
	struct tables tables = tables_of(p);

	EXPECT_TEXT(unanswered(p, &tables), "");
}

TEST_ON_SQLITE(a_new_column_that_nobody_claims_is_found)
{
	struct tables tables;

	place_migrate(p);
	place_do(p, "ALTER TABLE person ADD COLUMN shoe_size INTEGER");
	EXPECT_OK(tables_list(p->db, p->arena, &tables));
	EXPECT_TEXT(unanswered(p, &tables), "person.shoe_size");
}

TEST_ON_SQLITE(every_claim_is_whole_and_of_a_column_that_exists)
{
	struct tables tables = tables_of(p);

	for (size_t f = 0; f < nfeatures; f++) {
		for (size_t i = 0; i < features[f]->nperson_columns; i++) {
			const struct person_column *c =
			    &features[f]->person_columns[i];

			EXPECT_WHY(has_column(&tables, c->table, c->column),
			    c->column);
			EXPECT_WHY(!text_is_empty(c->purpose) &&
			    !text_is_empty(c->basis) &&
			    !text_is_empty(c->retention), c->column);
		}
	}
}

TEST_ON_SQLITE(every_excuse_is_needed)
{
	struct tables tables = tables_of(p);

	for (size_t i = 0; i < LEN(excuses); i++) {
		const struct excuse *e = &excuses[i];

		EXPECT_WHY(count_excused(e, &tables, false) >=
		    count_words(e->columns), e->table);
		EXPECT_INT_WHY(count_excused(e, &tables, true), 0, e->table);
	}
}
