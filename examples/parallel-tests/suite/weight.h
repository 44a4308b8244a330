/* How heavy the tests are: one unit takes about so many times 100 microseconds. */
#define WEIGHT 100
/* Whether test 41 uses what test 40 has made, and does not make it itself. */
#define USES_THE_FIXTURE_OF_TEST_40 1
