# 81 tests of mixed weight, as `ctest` finds them in a build folder: the number of a test is its weight in disguise.
foreach(number RANGE 1 81)
  add_test(test-${number} "/bin/sh" "tests/run.sh" "${number}")
endforeach()
