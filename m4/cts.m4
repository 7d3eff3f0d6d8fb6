# CTS_COMPILER_FLAGS: C11 with the GNU extensions that the test macros use, and warnings.
AC_DEFUN([CTS_COMPILER_FLAGS], [
AC_ARG_ENABLE([werror],
  [AS_HELP_STRING([--enable-werror], [make warnings errors (for developers and CI)])])
CTS_CFLAGS="-std=gnu11 -Wall -Wextra -Wno-cast-function-type"
AS_IF([test "$enable_werror" = yes], [CTS_CFLAGS="$CTS_CFLAGS -Werror"])
AC_SUBST([CTS_CFLAGS])

# The headers are most of what a test file costs. Read once and for all, a file takes a third of the time.
# On Windows itself GCC does not always find the address free that such a file wants.
AC_ARG_ENABLE([precompiled],
  [AS_HELP_STRING([--disable-precompiled], [do without a precompiled header (default on Windows)])],
  [], [enable_precompiled=$cross_compiling])
AS_IF([test "$GCC" != yes], [enable_precompiled=no])
AM_CONDITIONAL([PRECOMPILED], [test "$enable_precompiled" = yes])
])

# CTS_LIBRARY(NAME, PKG-CONFIG-NAME, HEADER, CALL, DEBIAN-SOURCE, MSYS2-PACKAGE, FEDORA-PACKAGE, MORE-LIBS)
#
# Sets NAME_CFLAGS and NAME_LIBS: given by the user, from --with-PKG-CONFIG-NAME=PREFIX, or from
# pkg-config. A program must link with them: a cross build easily finds the build machine's library.
# What the static library stands on itself comes from pkg-config --static, or is the library of regular
# expressions that MSYS2 builds libcheck with.
AC_DEFUN([CTS_LIBRARY], [
AC_REQUIRE([PKG_PROG_PKG_CONFIG])
AC_ARG_WITH([$2], [AS_HELP_STRING([--with-$2=PREFIX], [where $2 for the host is installed])])
AS_IF([test -n "$with_$2" && test "$with_$2" != yes],
  [$1_CFLAGS="-I$with_$2/include"
   $1_LIBS="-L$with_$2/lib -l$2"])
PKG_CHECK_MODULES([$1], [$2], [], [:])
cts_save_CFLAGS=$CFLAGS cts_save_LIBS=$LIBS cts_save_LDFLAGS=$LDFLAGS
CFLAGS="$CFLAGS $$1_CFLAGS" LDFLAGS="$LDFLAGS -static"
AC_MSG_CHECKING([that a program for $host links with $2])
cts_links=no
for cts_more in '' "`${PKG_CONFIG:-false} --static --libs $2 2>/dev/null`" '-lsystre -ltre -lintl -liconv'; do
  LIBS="$$1_LIBS $cts_more $8 $cts_save_LIBS"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <$3>]], [[$4;]])], [cts_links=yes; break])
done
AC_MSG_RESULT([$cts_links${cts_more:+ ($cts_more)}])
AS_IF([test $cts_links = no],
  [AC_MSG_ERROR([the library $2 for $host is missing.
    Debian, Ubuntu   ./quickstart cross-builds it from the source package $5
    MSYS2            pacman -S $6
    Fedora           dnf install $7
    elsewhere        build it for $host and say --with-$2=PREFIX
    config.log says why the program did not link])])
$1_LIBS="$$1_LIBS $cts_more"
CFLAGS=$cts_save_CFLAGS LIBS=$cts_save_LIBS LDFLAGS=$cts_save_LDFLAGS
$1_LIBS="$$1_LIBS $8"
# A system header: libcheck's macros are not ours to get through -Wformat.
$1_CFLAGS=`AS_ECHO(["$$1_CFLAGS"]) | sed 's/-I/-isystem /g'`
])
