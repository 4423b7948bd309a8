using MudBlazor;

namespace Plum.Portal.Shared;

/// <summary>Gives MudBlazor Plum's type and measures. Colours are in css/tokens.css alone, and reach MudBlazor through css/mud.css.</summary>
public partial class PlumTheme
{
    private static readonly string[] _font = ["Inter Variable", "system-ui", "sans-serif"];

    private static readonly MudTheme _theme = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = Type<DefaultTypography>("0.875rem", "400", "1.43"),
            H1 = Type<H1Typography>("1.25rem", "600", "1.4"),
            H2 = Type<H2Typography>("1rem", "600", "1.5"),
            H3 = Type<H3Typography>("0.875rem", "600", "1.43"),
            H4 = Type<H4Typography>("0.875rem", "600", "1.43"),
            H5 = Type<H5Typography>("1rem", "600", "1.5"),
            H6 = Type<H6Typography>("1rem", "600", "1.5"), // MudDialog's title
            Subtitle1 = Type<Subtitle1Typography>("0.875rem", "500", "1.43"),
            Subtitle2 = Type<Subtitle2Typography>("0.8125rem", "500", "1.43"),
            Body1 = Type<Body1Typography>("0.875rem", "400", "1.43"),
            Body2 = Type<Body2Typography>("0.875rem", "400", "1.43"),
            Button = Type<ButtonTypography>("0.875rem", "500", "1.43"),
            Caption = Type<CaptionTypography>("0.8125rem", "400", "1.43"),
            Overline = Type<OverlineTypography>("0.75rem", "500", "1.6"),
        },
    };

    private static T Type<T>(string size, string weight, string height)
        where T : BaseTypography, new() =>
        new()
        {
            FontFamily = _font,
            FontSize = size,
            FontWeight = weight,
            LineHeight = height,
            LetterSpacing = "normal",
            TextTransform = "none",
        };
}
