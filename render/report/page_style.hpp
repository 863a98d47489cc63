#pragma once

#include <string_view>

namespace walkout::report {

/// The look of all pages; sizes in rem, so that printing can make everything smaller at once.
inline constexpr std::string_view page_style = R"css(
*{box-sizing:border-box}
html{font-size:16px;background:#fff;color:#161a20;-webkit-text-size-adjust:100%}
body{margin:0;font:400 .8125rem/1.4 Roboto,'DejaVu Sans',sans-serif;font-kerning:none}
main{max-width:90rem;margin:0 auto;padding:1.6rem 2.25rem 1.2rem}
h1{font-size:1.72rem;line-height:1.25;font-weight:700;margin:0 0 .2rem}
h2{font-size:.94rem;line-height:1.3;font-weight:700;margin:0}
p{margin:0}
.line,.note,.warning{color:#4b5563}
.line{font-size:.875rem}
.summary{max-width:60rem;margin-top:.35rem;font-size:.875rem}
.warning{margin-top:.4rem;color:#b3261e;font-weight:500}
.statements{display:flex;flex-wrap:wrap;gap:.8rem 2rem;margin:1rem 0 1.15rem}
.statements div{flex:1 1 17rem;border-left:.19rem solid;padding:0 0 0 .7rem}
.statements p{color:#4b5563}
.charts{display:flex;flex-wrap:wrap;gap:1.2rem 2.25rem;border-top:1px solid #dededb;padding:.9rem 0 .7rem}
figure{margin:0;min-width:0}
figure .note{min-height:1.2rem;margin-bottom:.35rem;font-size:.75rem}
svg{display:block;max-width:100%;height:auto}
figure svg{width:100%}
.wide{border-top:1px solid #dededb;padding-top:.8rem}
.head{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;align-items:baseline;margin-bottom:.4rem}
.head .note{margin-left:auto;font-size:.75rem}
.key span{white-space:nowrap;margin-right:1rem;color:#4b5563;font-size:.75rem}
.key i{display:inline-block;width:.69rem;height:.69rem;margin-right:.4rem}
table{border-collapse:collapse;width:100%}
th{font-weight:400;color:#66707c;font-size:.75rem;text-align:left;vertical-align:bottom}
th,td{padding:.3rem .8rem .3rem 0;border-bottom:1px solid #dededb;overflow-wrap:anywhere}
th:last-child,td:last-child{padding-right:0}
tbody tr:last-child td{border-bottom:0}
.wide td:first-child{font-weight:500;font-size:.85rem}
.dense td{padding-top:.12rem;padding-bottom:.12rem}
.right{text-align:right}
.strong{font-weight:700}
details{border-top:1px solid #dededb;padding:.45rem 0}
summary{cursor:pointer;font-weight:500}
details table{width:auto;margin:.5rem 0}
details td,details th{padding:.12rem 1.4rem .12rem 0}
footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 2rem;border-top:1px solid #dededb;padding-top:.6rem;margin:.6rem 0 1.2rem;color:#4b5563;font-size:.75rem}
footer code{font:inherit;font-family:'Roboto Condensed',Roboto,sans-serif;overflow-wrap:anywhere}
a{color:#2463eb}
@media screen and (max-width:1000px){main{padding:1.2rem 1.5rem}.optional{display:none}
figure{flex-basis:100%!important}
.wide td:last-child svg{min-width:7.2rem}th,td{padding-right:.5rem}}
@page{size:A4 landscape;margin:8mm}
)css";

} // namespace walkout::report
