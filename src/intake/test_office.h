/*
 * For tests: a house with an office, which somebody asks a question.
 */
#ifndef INTAKE_TEST_OFFICE_H
#define INTAKE_TEST_OFFICE_H

#include "accounts/test_house.h"

/* Who asks, as the fields of a form. */
#define WHO "name=Douwe+Zijlstra&place=Hegebeintum&lang=nl&" \
	"phone=06+12+34+56+78&email=douwe%40deterp.example"

/* On a Monday in November, at ten in the morning. */
void open_house(struct house *, struct place *, struct browser *office);

const char *stamp_of(struct browser *);
/* Send a question in as a person would: after a minute. */
void apply(struct browser *, const char *fields);

/* The page of the only application there is, and one below it. */
const char *only_application(struct browser *office);
const char *below(struct house *, const char *path, const char *action);

#endif
