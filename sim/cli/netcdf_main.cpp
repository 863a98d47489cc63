/// The sibling of `walkout` that writes NetCDF: walkout-netcdf STORE FILE. A program of its own,
/// because its libraries are many and only who exports needs them.

#include "sim/study/netcdf_export.hpp"

#include <cstdio>

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("walkout-netcdf: usage: walkout-netcdf STORE FILE; "
                   "see 'walkout export-study --help'\n",
                   stderr);
        return 2;
    }
    try {
        walkout::write_netcdf(walkout::Store::open(argv[1]), argv[2]);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "walkout: %s\n", error.what());
        return 5;
    }
}
