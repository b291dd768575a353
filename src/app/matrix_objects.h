/*
 * For the matrix: something of each kind that stands in a path, of whoever
 * asks, of somebody else in "fryslan", and of "elders".
 */
#ifndef APP_MATRIX_OBJECTS_H
#define APP_MATRIX_OBJECTS_H

#include "accounts/test_house.h"
#include "web/route.h"

/* Of a token: the right one, one of another kind, one of "elders". */
enum whose { OWN, HERE, ELSEWHERE };

struct objects {
	struct house *house;
	struct person_id active, invited, suspended;    /* in "fryslan" */
	struct person_id stranger;                      /* of "elders" */
};

void objects_make(struct objects *, struct house *);
/* Two passkeys and another browser, for somebody who will ask. */
void objects_give(struct objects *, struct person_id);

bool route_has_object(const struct route *);

/* What stands for it in the path; "" when there is none. */
const char *object_name(struct objects *, const struct route *, enum whose,
    struct person_id asker);

/* NAME is a rest of a path: ":id/remove".  One that is no object is a word. */
bool is_object(const char *name);
const char *word_name(const char *name);

#endif
