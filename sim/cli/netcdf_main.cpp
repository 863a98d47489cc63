/// The sibling of `walkout` that writes NetCDF: walkout-netcdf STORE FILE. A program of its own,
/// because its libraries are many and only who exports needs them.

#include "sim/io/problems.hpp"
#include "sim/program/program.hpp"
#include "sim/study/netcdf_export.hpp"

int main(int argc, char** argv)
{
    using namespace walkout;
    return program::exit_code_of(
        [&] {
            if (argc != 3)
                throw io::InputError("walkout-netcdf: usage: walkout-netcdf STORE FILE; "
                                     "see 'walkout export-study --help'");
            write_netcdf(Store::open(argv[1]), argv[2]);
            return 0;
        },
        "--no-netcdf leaves study.nc out");
}
