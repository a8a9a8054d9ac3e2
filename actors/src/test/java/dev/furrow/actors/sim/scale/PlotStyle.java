package dev.furrow.actors.sim.scale;

/** Colours of the plots: four that people with colour-blindness tell apart, for light and dark. */
final class PlotStyle {

  static final String CSS =
      """
      <style>
      .page{fill:#ffffff}
      text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:#57606a}
      .title{font-size:17px;font-weight:600;fill:#1f2328}
      .name{font-weight:600}
      .grid{stroke:#d8dee4;stroke-width:1}
      .axis{stroke:#8c959f;stroke-width:1}
      .line{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
      .mark{stroke:#ffffff;stroke-width:1.5}
      .c0{stroke:#c2410c}.f0{fill:#c2410c}
      .c1{stroke:#a16207}.f1{fill:#a16207}
      .c2{stroke:#0f766e}.f2{fill:#0f766e}
      .c3{stroke:#1d4ed8}.f3{fill:#1d4ed8}
      @media (prefers-color-scheme:dark){
      .page{fill:#161b22}
      text{fill:#9198a1}
      .title{fill:#f0f6fc}
      .grid{stroke:#30363d}
      .axis{stroke:#656c76}
      .mark{stroke:#161b22}
      .c0{stroke:#fb923c}.f0{fill:#fb923c}
      .c1{stroke:#facc15}.f1{fill:#facc15}
      .c2{stroke:#2dd4bf}.f2{fill:#2dd4bf}
      .c3{stroke:#7aa2ff}.f3{fill:#7aa2ff}
      }
      </style>
      """;

  private PlotStyle() {}
}
