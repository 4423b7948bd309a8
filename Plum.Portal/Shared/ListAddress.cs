using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Plum.Portal.Shared;

/// <summary>A list's address: what it is narrowed by, how it is sorted, which page. What cannot be read counts as not given.</summary>
public sealed class ListAddress
{
    private const string SortKey = "sort";
    private const string PageKey = "page";

    private readonly string _path;
    private readonly IReadOnlyList<string> _filters;
    private readonly IReadOnlyDictionary<string, string> _values;

    private ListAddress(string path, IReadOnlyList<string> filters, IReadOnlyDictionary<string, string> values) =>
        (_path, _filters, _values) = (path, filters, values);

    /// <param name="filters">The names that narrow this list; the rest of the address is somebody else's and is kept.</param>
    public static ListAddress Read(string uri, params IReadOnlyList<string> filters)
    {
        var parsed = new Uri(new Uri("http://plum/"), uri);
        var values = QueryHelpers
            .ParseQuery(parsed.Query)
            .Where(p => p.Value.ToString().Length > 0)
            .ToDictionary(p => p.Key, p => p.Value[^1]!.Trim(), StringComparer.OrdinalIgnoreCase);
        return new ListAddress(parsed.AbsolutePath, filters, values);
    }

    public string Href => Link(_values);

    public bool IsNarrowed => _filters.Any(_values.ContainsKey);

    /// <summary>The address without its filters, in the same order; null when there are none to clear.</summary>
    public string? Cleared => IsNarrowed ? Link(Without([.. _filters, PageKey])) : null;

    /// <summary>From 1.</summary>
    public int Page => int.TryParse(Text(PageKey), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;

    public string? Text(string key) => _values.GetValueOrDefault(key);

    public T? Choice<T>(string key)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(key), ignoreCase: true, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(Text(key)![0])
            ? choice
            : null;

    public Guid? Key(string key) => Guid.TryParse(Text(key), out var id) ? id : null;

    public long? Number(string key) =>
        long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public DateOnly? Day(string key) =>
        DateOnly.TryParseExact(Text(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Whether only what is in use is shown, only what is not, or all of it.</summary>
    public bool? Active =>
        Text("active") switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    /// <returns>The column and whether it is descending; the default unless the address names a column.</returns>
    public (T By, bool Descending) Sort<T>(T usual, bool descending = false)
        where T : struct, Enum
    {
        var text = Text(SortKey);
        return Enum.TryParse<T>(text?.TrimStart('-'), ignoreCase: true, out var by) && Enum.IsDefined(by)
            ? (by, text!.StartsWith('-'))
            : (usual, descending);
    }

    /// <summary>With one value set or taken away; back on the first page.</summary>
    public string With(string key, string? value)
    {
        var values = Without([PageKey, key]);
        if (!string.IsNullOrWhiteSpace(value))
        {
            values[key] = value.Trim();
        }

        return Link(values);
    }

    public string SortedBy<T>(T by, bool descending)
        where T : struct, Enum => With(SortKey, (descending ? "-" : "") + by.ToString().ToLowerInvariant());

    public string ToPage(int page) =>
        Link(
            page <= 1
                ? Without([PageKey])
                : new Dictionary<string, string>(Without([PageKey])) { [PageKey] = page.ToString(CultureInfo.InvariantCulture) }
        );

    private Dictionary<string, string> Without(IReadOnlyList<string> keys) =>
        _values.Where(v => !keys.Contains(v.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase);

    private string Link(IReadOnlyDictionary<string, string> values) =>
        QueryHelpers.AddQueryString(_path, values.OrderBy(v => v.Key, StringComparer.Ordinal)!);
}
