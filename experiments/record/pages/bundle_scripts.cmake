# Writes one script of Vega's modules and our own files.
#   cmake -D OUTPUT=FILE -D VEGA=FOLDER -D ASSETS=FOLDER -P bundle_scripts.cmake
# The modules are those that pictures.js needs, and what they need themselves; a missing one stops the build.
set(modules util time format loader dataflow canvas scale scenegraph expression statistics selection functions runtime
  event-selector parser view transforms view-transforms encode interpreter)

file(READ ${ASSETS}/module_loader.js script)
foreach(module IN LISTS modules)
  set(file ${VEGA}/vega-${module}.min.js)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "${file} is missing; Debian's package libjs-vega has it")
  endif()
  # A module and its file have one name, but for this one.
  string(REPLACE selection selections name ${module})
  file(READ ${file} body)
  string(APPEND script "assayModules[\"vega-${name}\"] = { body: function (exports, module, require) {\n${body}\n} };\n")
endforeach()
foreach(own pictures search)
  file(READ ${ASSETS}/${own}.js body)
  string(APPEND script "${body}")
endforeach()
if(script MATCHES "</script|<!--")
  message(FATAL_ERROR "the script would end the element that it stands in")
endif()
file(WRITE ${OUTPUT} "${script}")
