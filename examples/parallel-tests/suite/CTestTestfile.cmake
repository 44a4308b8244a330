# The 81 tests that make builds, as `ctest` finds them in a build folder.
foreach(number RANGE 1 81)
  add_test(test-${number} "./test-${number}")
endforeach()
