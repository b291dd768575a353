/* Every folder of the program, and how they are tied together. */
#ifndef APP_FEATURE_LIST_H
#define APP_FEATURE_LIST_H

#include "web/route.h"

extern const struct feature *const features[];
extern const size_t nfeatures;
extern const struct gate gate;

#endif
