using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>The few colours of a printed report. Good and bad always stand beside a word; series differ in lightness too, and survive a copier.</summary>
internal static class Ink
{
    public static readonly SKColor Text = new(0x22, 0x1F, 0x26);
    public static readonly SKColor Muted = new(0x6A, 0x65, 0x72);
    public static readonly SKColor Hair = new(0xD9, 0xD5, 0xDE);
    public static readonly SKColor Wash = new(0xF6, 0xF3, 0xF7);
    public static readonly SKColor Plum = new(0x6D, 0x2E, 0x5F);
    public static readonly SKColor Good = new(0x0B, 0x6E, 0x4F);
    public static readonly SKColor Bad = new(0xA8, 0x32, 0x1A);

    /// <summary>For series: plum, then blue and orange of the Okabe-Ito palette, which colour-blind readers tell apart.</summary>
    public static readonly SKColor[] Series = [Plum, new(0xE6, 0x9F, 0x00), new(0x00, 0x72, 0xB2)];

    public static readonly SKColor Before = new(0x8F, 0x88, 0x97);
}
