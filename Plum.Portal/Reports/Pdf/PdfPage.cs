using SkiaSharp;

namespace Plum.Portal.Reports.Pdf;

/// <summary>What stands on one page, before it is drawn: a test can ask of each text whether it keeps to its box.</summary>
internal sealed class PdfPage
{
    // A4 in points.
    public const float Width = 595;
    public const float Height = 842;
    public const float Left = 48;
    public const float Right = Width - 48;
    public const float Top = 64;
    public const float Bottom = Height - 56;
    public const float Measure = Right - Left;

    public List<Placed> Placed { get; } = [];

    /// <summary>Puts one line of text in a box, standing on its first base line; alignment is within the box.</summary>
    public void Text(string text, SKRect box, float size, SKColor ink, Weight weight = Weight.Regular, Align align = Align.Left)
    {
        if (text.Length == 0)
        {
            return;
        }

        var shaped = Faces.Shape(text, weight);
        var width = shaped.Width * size;
        var x = align switch
        {
            Align.Left => box.Left,
            Align.Right => box.Right - width,
            _ => box.MidX - (width / 2),
        };
        Placed.Add(new PlacedText(text, shaped, x, box.Top + (Faces.Ascent * size), size, ink, box));
    }

    public void Fill(SKRect box, SKColor ink) => Placed.Add(new PlacedShape(box, ink, IsLine: false, []));

    public void Rule(float x1, float y1, float x2, float y2, SKColor ink, float thickness = 0.5f, bool dashed = false) =>
        Placed.Add(new PlacedShape(new SKRect(x1, y1, x2, y2), ink, IsLine: true, dashed ? [2.5f, 2f] : [], thickness));

    public void Path(IReadOnlyList<SKPoint> points, SKColor ink, float thickness) => Placed.Add(new PlacedPath(points, ink, thickness));

    public void Dot(float x, float y, float radius, SKColor ink) => Placed.Add(new PlacedDot(x, y, radius, ink));

    public void Draw(SKCanvas canvas)
    {
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var item in Placed)
        {
            item.Draw(canvas, paint);
        }
    }
}

internal enum Align
{
    Left,
    Right,
    Centre,
}

internal abstract record Placed
{
    public abstract void Draw(SKCanvas canvas, SKPaint paint);
}

/// <param name="Box">Where the text may be; no two of a page overlap, and no text leaves its own.</param>
internal sealed record PlacedText(string Text, Shaped Shaped, float X, float Baseline, float Size, SKColor Ink, SKRect Box) : Placed
{
    /// <summary>The room that the text takes.</summary>
    public SKRect Extent => new(X, Baseline - (Faces.Ascent * Size), X + (Shaped.Width * Size), Baseline + (Faces.Descent * Size));

    public override void Draw(SKCanvas canvas, SKPaint paint)
    {
        (paint.Color, paint.Style) = (Ink, SKPaintStyle.Fill);
        var x = X;
        foreach (var run in Shaped.Runs.Where(r => r.Glyphs.Length > 0))
        {
            using var font = new SKFont(run.Face, Size)
            {
                Subpixel = true,
                Hinting = SKFontHinting.None,
                LinearMetrics = true,
                Edging = SKFontEdging.Antialias,
            };
            using var builder = new SKTextBlobBuilder();
            var utf8 = System.Text.Encoding.UTF8.GetBytes(run.Text);
            var buffer = builder.AllocatePositionedTextRun(font, run.Glyphs.Length, utf8.Length);
            var at = 0f;
            var positions = new SKPoint[run.Glyphs.Length];
            for (var i = 0; i < run.Glyphs.Length; i++)
            {
                positions[i] = new SKPoint((at + run.Offsets[i].X) * Size / 1000, run.Offsets[i].Y * Size / 1000);
                at += run.Advances[i];
            }

            buffer.SetGlyphs(run.Glyphs);
            buffer.SetPositions(positions);
            buffer.SetText(utf8);
            buffer.SetClusters(run.Clusters);
            using var blob = builder.Build();
            canvas.DrawText(blob, x, Baseline, paint);
            x += at * Size / 1000;
        }
    }
}

internal sealed record PlacedShape(SKRect Box, SKColor Ink, bool IsLine, float[] Dashes, float Thickness = 0) : Placed
{
    public override void Draw(SKCanvas canvas, SKPaint paint)
    {
        paint.Color = Ink;
        if (!IsLine)
        {
            paint.Style = SKPaintStyle.Fill;
            canvas.DrawRect(Box, paint);
            return;
        }

        (paint.Style, paint.StrokeWidth) = (SKPaintStyle.Stroke, Thickness);
        using var dashes = Dashes.Length > 0 ? SKPathEffect.CreateDash(Dashes, 0) : null;
        paint.PathEffect = dashes;
        canvas.DrawLine(Box.Left, Box.Top, Box.Right, Box.Bottom, paint);
        paint.PathEffect = null;
    }
}

internal sealed record PlacedPath(IReadOnlyList<SKPoint> Points, SKColor Ink, float Thickness) : Placed
{
    public override void Draw(SKCanvas canvas, SKPaint paint)
    {
        (paint.Color, paint.Style, paint.StrokeWidth, paint.StrokeJoin) = (Ink, SKPaintStyle.Stroke, Thickness, SKStrokeJoin.Round);
        using var path = new SKPath();
        path.AddPoly([.. Points], close: false);
        canvas.DrawPath(path, paint);
    }
}

internal sealed record PlacedDot(float X, float Y, float Radius, SKColor Ink) : Placed
{
    public override void Draw(SKCanvas canvas, SKPaint paint)
    {
        (paint.Color, paint.Style) = (Ink, SKPaintStyle.Fill);
        canvas.DrawCircle(X, Y, Radius, paint);
    }
}
