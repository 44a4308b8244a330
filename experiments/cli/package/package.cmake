# Debian packages by `cpack --config build/release/CPackConfig.cmake`: assay, and libassay-dev with headers and static
# libraries.
set(folder ${CMAKE_CURRENT_LIST_DIR})
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME assay)
set(CPACK_PACKAGE_VERSION ${assay_package_version})
set(CPACK_PACKAGE_CONTACT "the assay authors <assay@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "settles by controlled trials whether a change is better")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime dev)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME assay)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS git)  # for variables that are revisions
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
"assay runs two versions of something again and again in randomised blocks,
tests whether the difference is real and big enough to matter, checks that
nothing correct was given up for it, stops as soon as the evidence allows,
and writes down the decision with the evidence to recompute it.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libassay-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libfmt-dev, libmd4c-dev, libpugixml-dev, libre2-dev, libsimdjson-dev, \
libsodium-dev, libsqlite3-dev, libsqlitecpp-dev")
set(CPACK_COMPONENT_DEV_DESCRIPTION
"Headers and static libraries of assay, for programs that compare two of their
functions, run experiment files, use the tests, or time their phases.")

# What Debian asks of every package: copyright, changelog, reasoned overrides.
string(TIMESTAMP assay_rfc_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${folder}/changelog.in ${PROJECT_BINARY_DIR}/package/changelog @ONLY)
foreach(component IN ITEMS runtime dev)
  string(TOUPPER ${component} upper)
  set(name ${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
  set(documents ${CMAKE_INSTALL_DATAROOTDIR}/doc/${name})
  install(FILES ${folder}/copyright DESTINATION ${documents} COMPONENT ${component})
  install(FILES ${PROJECT_BINARY_DIR}/package/changelog DESTINATION ${documents} COMPONENT ${component})
endforeach()
install(FILES ${folder}/assay.lintian-overrides DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/lintian/overrides
  RENAME assay COMPONENT runtime)
set(documents ${CMAKE_INSTALL_DATAROOTDIR}/doc/assay)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${documents} COMPONENT runtime)
# README.md and the documents link to each other and to the examples.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${documents} COMPONENT runtime)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples DESTINATION ${documents} COMPONENT runtime USE_SOURCE_PERMISSIONS
  PATTERN quickstart.sh EXCLUDE)

set(CPACK_PRE_BUILD_SCRIPTS ${folder}/compress.cmake)
include(CPack)
