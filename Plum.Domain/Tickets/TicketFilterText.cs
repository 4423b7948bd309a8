using System.Globalization;

namespace Plum.Domain.Tickets;

/// <summary>
/// A filter as the pairs of an address: <c>disposition=VendorRejection,Resolved</c> and <c>owner=me</c>. What cannot be read is left
/// out and named, so that a mistyped address still opens and says so.
/// </summary>
public static class TicketFilterText
{
    public const string Text = "q";

    private static readonly Field[] Fields =
    [
        Many("client", f => f.Clients, (f, v) => f with { Clients = v }, Id, Id),
        Many("programme", f => f.Programmes, (f, v) => f with { Programmes = v }, Id, Id),
        Many("disposition", f => f.Dispositions, (f, v) => f with { Dispositions = v }, Code, v => v),
        Many("category", f => f.Categories, (f, v) => f with { Categories = v }, Id, Id),
        Many("channel", f => f.Channels, (f, v) => f with { Channels = v }, Word<IntakeChannel>, v => Word(v)),
        Many("severity", f => f.Severities, (f, v) => f with { Severities = v }, Word<Severity>, v => Word(v)),
        Many("owner", f => f.Owners, (f, v) => f with { Owners = v }, Owner, Owner),
        Many("waiting", f => f.WaitingOn, (f, v) => f with { WaitingOn = v }, Word<WaitingOn>, v => Word(v)),
        Many("level", f => f.Levels, (f, v) => f with { Levels = v }, Word<SupportLevel>, v => Word(v)),
        Many("sla", f => f.Sla, (f, v) => f with { Sla = v }, Word<SlaState>, v => Word(v)),
        Many("age", f => f.Ages, (f, v) => f with { Ages = v }, Age, Age),
        Many("brand", f => f.Brands, (f, v) => f with { Brands = v }, Id, Id),
        Many("supplier", f => f.Suppliers, (f, v) => f with { Suppliers = v }, Id, Id),
        One("open", f => f.Open, (f, v) => f with { Open = v }, YesNo, v => v ? "yes" : "no"),
        One("from", f => f.CreatedFrom, (f, v) => f with { CreatedFrom = v }, Day, Day),
        One("to", f => f.CreatedTo, (f, v) => f with { CreatedTo = v }, Day, Day),
        Many("recipient", f => f.Recipients, (f, v) => f with { Recipients = v }, Number, Number),
        Many("order", f => f.Orders, (f, v) => f with { Orders = v }, Number, Number),
        Many("import", f => f.Imports, (f, v) => f with { Imports = v }, Id, Id),
    ];

    public static IReadOnlyList<string> Keys { get; } = [.. Fields.Select(f => f.Key), Text];

    /// <returns>The filter, and for each value that could not be read a sentence that names it.</returns>
    public static (TicketFilter Filter, IReadOnlyList<string> Unread) Read(IReadOnlyDictionary<string, string> pairs)
    {
        var filter = TicketFilter.Everything;
        var unread = new List<string>();
        foreach (var field in Fields)
        {
            if (pairs.TryGetValue(field.Key, out var text) && text.Length > 0)
            {
                filter = field.Read(filter, text, unread);
            }
        }

        if (pairs.TryGetValue(Text, out var typed) && !string.IsNullOrWhiteSpace(typed))
        {
            var trimmed = typed.Trim();
            if (trimmed.Length > TicketFilter.TextMaxLength)
            {
                trimmed = Cut(trimmed, TicketFilter.TextMaxLength);
                unread.Add($"Only the first {TicketFilter.TextMaxLength} characters are searched for.");
            }

            filter = filter with { Text = trimmed };
        }

        return (filter, unread);
    }

    /// <summary>The same filter always gives the same pairs in the same order.</summary>
    public static IReadOnlyDictionary<string, string> Write(TicketFilter filter)
    {
        var pairs = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Fields)
        {
            if (field.Write(filter) is { Length: > 0 } text)
            {
                pairs[field.Key] = text;
            }
        }

        if (filter.Text is { Length: > 0 } typed)
        {
            pairs[Text] = typed;
        }

        return pairs;
    }

    /// <summary>As one line of an address without its question mark.</summary>
    public static string Line(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join('&', pairs.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value).Replace("%2C", ",", StringComparison.Ordinal)}"));

    public static string Line(TicketFilter filter) => Line(Write(filter));

    public static IReadOnlyDictionary<string, string> Pairs(string line)
    {
        var pairs = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in line.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (part, "") : (part[..at], part[(at + 1)..]);
            pairs[Uri.UnescapeDataString(key)] = Uri.UnescapeDataString(value.Replace('+', ' '));
        }

        return pairs;
    }

    public static bool Same(TicketFilter a, TicketFilter b) => Line(a) == Line(b);

    private sealed record Field(string Key, Func<TicketFilter, string, List<string>, TicketFilter> Read, Func<TicketFilter, string?> Write);

    private delegate bool Reader<T>(string text, out T value);

    private static Field Many<T>(
        string key,
        Func<TicketFilter, IReadOnlyList<T>> get,
        Func<TicketFilter, IReadOnlyList<T>, TicketFilter> set,
        Reader<T> read,
        Func<T, string> write
    ) =>
        new(
            key,
            (filter, text, unread) =>
            {
                var values = new List<T>();
                foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    if (!read(part, out var value))
                    {
                        unread.Add(Unreadable(part, key));
                    }
                    else if (!values.Contains(value))
                    {
                        values.Add(value);
                    }
                }

                return set(filter, values);
            },
            filter => string.Join(',', get(filter).Select(write).Order(StringComparer.Ordinal))
        );

    private static Field One<T>(
        string key,
        Func<TicketFilter, T?> get,
        Func<TicketFilter, T?, TicketFilter> set,
        Reader<T> read,
        Func<T, string> write
    )
        where T : struct =>
        new(
            key,
            (filter, text, unread) =>
            {
                if (read(text, out var value))
                {
                    return set(filter, value);
                }

                unread.Add(Unreadable(text, key));
                return filter;
            },
            filter => get(filter) is { } value ? write(value) : null
        );

    private static string Unreadable(string value, string key) => $"'{Cut(value, 40)}' is no value for {key}; it was left out.";

    /// <summary>Never through the middle of a character that takes two.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static bool Id(string text, out Guid value) => Guid.TryParse(text, out value);

    private static string Id(Guid value) => value.ToString("n");

    private static bool Code(string text, out string value)
    {
        value = text;
        return text.Length <= Disposition.CodeMaxLength && text.All(char.IsAsciiLetterOrDigit);
    }

    /// <summary>An enum's member in the form of an address: <c>at-risk</c>; its name is understood too.</summary>
    private static bool Word<T>(string text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out value)
        && Enum.IsDefined(value)
        && !char.IsAsciiDigit(text[0]);

    private static string Word<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, at) => char.IsAsciiLetterUpper(c) && at > 0 ? $"-{c}" : $"{c}")).ToLowerInvariant();

    private static bool Owner(string text, out OwnerChoice value)
    {
        value = text switch
        {
            "me" => OwnerChoice.Me,
            "nobody" => OwnerChoice.Nobody,
            _ => new OwnerChoice(Guid.TryParse(text, out var id) ? id : null),
        };
        return value.UserId is not null || text is "me" or "nobody";
    }

    private static string Owner(OwnerChoice value) =>
        value.IsMe ? "me"
        : value.UserId is { } id ? Id(id)
        : "nobody";

    private static bool Age(string text, out AgeBucket value)
    {
        value = AgeBuckets.All.FirstOrDefault(b => Age(b) == text);
        return value != default;
    }

    private static string Age(AgeBucket value) =>
        AgeBuckets.Days(value) is var (from, to) && to is { } end
            ? string.Create(CultureInfo.InvariantCulture, $"{from}-{end}")
            : string.Create(CultureInfo.InvariantCulture, $"{from}-");

    private static bool YesNo(string text, out bool value)
    {
        value = text == "yes";
        return text is "yes" or "no";
    }

    private static bool Day(string text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    private static string Day(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool Number(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
