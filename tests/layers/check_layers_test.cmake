# Small trees with one file each, beside a small table: the check must stop exactly those that break it.
cmake_policy(VERSION 3.25)

set(table "folder core :
folder core/host : core
folder stats : core
folder experiments/decide : core stats
folder experiments/session : core core/host
header boost/math : stats
header sys/ : core/host
header random :
")

function(run verdict table file text)
  file(REMOVE_RECURSE ${SCRATCH})
  file(WRITE ${SCRATCH}/${file} "${text}\n")
  file(WRITE ${SCRATCH}/table.txt "${table}")
  execute_process(COMMAND ${CMAKE_COMMAND} -D ROOT=${SCRATCH} -D TABLE=${SCRATCH}/table.txt ${ARGN} -P ${CHECK}
    RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(verdict STREQUAL stops AND code EQUAL 0)
    message(SEND_ERROR "${file} with ${text} should have stopped the build:\n${output}")
  elseif(verdict STREQUAL passes AND NOT code EQUAL 0)
    message(SEND_ERROR "${file} with ${text} should have passed:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# Permissions that the one file does not use are only reported here.
function(expect verdict file text)
  run(${verdict} "${table}" ${file} "${text}")
  if(verdict STREQUAL stops AND NOT output MATCHES "${file}")
    message(SEND_ERROR "${file} is not named:\n${output}")
  endif()
endfunction()

expect(passes stats/ranks.cpp "#include \"core/result.hpp\"")
expect(passes stats/ranks.cpp "#include <boost/math/distributions/normal.hpp>")
expect(passes core/host/process/process.cpp "#include <sys/wait.h>")
expect(passes experiments/session/session.cpp "#include \"core/host/journal/journal.hpp\"")
expect(passes experiments/session/session.cpp "#include <system_error>")
expect(stops core/plan.cpp "#include \"stats/ranks.hpp\"")
expect(stops core/plan.cpp "#include \"core/host/machine/clock.hpp\"")
expect(stops stats/ranks.cpp "#include \"experiments/decide/attempt_analysis.hpp\"")
expect(stops experiments/decide/rule.cpp "#include \"core/host/machine/clock.hpp\"")
expect(stops experiments/decide/rule.cpp "#include \"experiments/session/session.hpp\"")
expect(stops experiments/decide/rule.cpp "  #  include <boost/math/distributions.hpp>")
expect(stops experiments/decide/rule.cpp "#include <sys/wait.h>")
expect(stops stats/ranks.cpp "#include <random>")
expect(stops experiments/unknown/file.cpp "#include \"core/plan.hpp\"")

expect(passes core/plan.cpp "namespace assay {")
expect(passes core/host/clock.cpp "namespace assay::host {\nnamespace {\nnamespace fs = std::filesystem;")
expect(passes core/host/launcher/reap.cpp "namespace assay::host::launcher {")
expect(passes experiments/decide/rule.hpp "namespace assay {\ntemplate <>\nstruct EnumNames<decide::Rule> {};\n}")
expect(passes core/host/span/span.hpp "namespace assay {\n\nusing host::Span;\n}")
expect(stops experiments/decide/rule.cpp "namespace assay {\nstruct Rule;\n}")
expect(stops experiments/decide/rule.cpp "namespace assay::stats {\nclass Ranks;\n}")
expect(stops core/plan.cpp "namespace assay::decide {")
expect(stops core/plan.cpp "namespace std {")

# A permission that nobody uses, one of a folder that stands below, and a line that is no rule.
run(passes "folder core :\nfolder stats : core\n" stats/ranks.cpp "#include \"core/result.hpp\"" -D UNUSED=refuse)
run(stops "folder core :\nfolder stats : core\n" stats/ranks.cpp "#include <vector>" -D UNUSED=refuse)
if(NOT output MATCHES "stats : core")
  message(SEND_ERROR "the unused permission is not named:\n${output}")
endif()
run(stops "folder core :\nfolder stats : core\nheader random : stats\n" stats/ranks.cpp "#include \"core/result.hpp\"" -D UNUSED=refuse)
run(stops "folder core : stats\nfolder stats :\n" core/plan.cpp "#include \"stats/ranks.hpp\"")
run(stops "folder core\n" core/plan.cpp "#include <vector>")
