using System.Globalization;
using Plum.Data.Sla;

namespace Plum.Portal.Sla;

/// <summary>What a change would do to the open tickets, in a sentence or two.</summary>
public static class PreviewText
{
    public static string Of(SlaPreview preview)
    {
        static string N(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
        var all =
            preview.Reckoned < preview.Open
                ? $"{N(preview.Open)} open tickets are reckoned again at once. Of the first {N(preview.Reckoned)}: "
                : $"{N(preview.Open)} open {(preview.Open == 1 ? "ticket is" : "tickets are")} reckoned again at once: ";
        var parts = new List<string>();
        if (preview.Sooner > 0)
        {
            parts.Add($"{N(preview.Sooner)} due sooner");
        }

        if (preview.Later > 0)
        {
            parts.Add($"{N(preview.Later)} due later or not at all");
        }

        if (preview.Unchanged > 0 || parts.Count == 0)
        {
            parts.Add($"{N(preview.Unchanged)} due as before");
        }

        var breaches =
            preview.OverdueAtOnce == 0
                ? " None is breached by it."
                : $" {N(preview.OverdueAtOnce)} {(preview.OverdueAtOnce == 1 ? "target is" : "targets are")} breached by it at once, for good.";
        return all + string.Join(", ", parts) + "." + breaches;
    }
}
