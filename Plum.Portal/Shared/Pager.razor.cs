using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Plum.Portal.Shared;

/// <summary>Says how many there are, and links to the other pages: the page is in the address.</summary>
public partial class Pager
{
    /// <summary>From 1.</summary>
    [Parameter, EditorRequired]
    public int Page { get; set; }

    [Parameter]
    public int Size { get; set; } = 50;

    [Parameter, EditorRequired]
    public long Total { get; set; }

    /// <summary>The address of a page.</summary>
    [Parameter, EditorRequired]
    public Func<int, string> Link { get; set; } = null!;

    /// <summary>What is counted, singular and plural: "ticket", "tickets".</summary>
    [Parameter]
    public (string One, string Many) Noun { get; set; } = ("row", "rows");

    private int Last => (int)Math.Max(1, (Total + Size - 1) / Size);

    private string Text
    {
        get
        {
            var from = ((long)(Page - 1) * Size) + 1;
            var to = Math.Min(Total, (long)Page * Size);
            var culture = CultureInfo.CurrentCulture;
            var all = string.Create(culture, $"{Total:N0} {(Total == 1 ? Noun.One : Noun.Many)}");
            return Last == 1 || from > Total ? all : string.Create(culture, $"{all}, {from:N0} to {to:N0}");
        }
    }
}
