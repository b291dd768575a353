/* A programme's word never stands in the way of an address of the site. */
#include <string.h>

#include "app/feature_list.h"
#include "base/test.h"
#include "programme/programme.h"

/* "sign-in" of "/sign-in/link/:token"; "" for "/" and "/:programme". */
static const char *
first_word(struct arena *a, const char *path)
{
	const char *word = path + 1;

	return word[0] == ':' ? "" : text_copy_n(a, word, strcspn(word, "/"));
}

TEST(no_programme_can_take_the_first_word_of_an_address)
{
	TEST_ARENA(a);

	for (size_t f = 0; f < nfeatures; f++) {
		for (size_t i = 0; i < features[f]->nroutes; i++) {
			const char *path = features[f]->routes[i].path;
			const char *word = first_word(a, path);

			if (word[0] != '\0')
				EXPECT_WHY(!programme_slug_is_sound(word),
				    word);
		}
	}
	EXPECT(programme_slug_is_sound("fryslan"));
}
