using System.Globalization;
using System.Text;

namespace Plum.Tests.Shared;

/// <summary>
/// A history as a new client brings it along: the columns of the public complaint file of the US Consumer Financial Protection Bureau, made
/// up from a seed, with quotation marks, commas and line breaks in its texts.
/// </summary>
internal sealed record ComplaintFile(string Csv, IReadOnlyList<DateOnly> Received, int Disputed)
{
    private static readonly (string Product, string[] Issues)[] Products =
    [
        ("Prepaid card", ["Unauthorized transactions/trans. issues", "Managing, opening, or closing account"]),
        ("Credit card", ["Billing disputes", "Rewards", "APR or interest rate"]),
        ("Money transfers", ["Money was not available when promised", "Fraud or scam"]),
    ];

    private static readonly string[] Ways = ["Web", "Web", "Web", "Referral", "Phone", "Postal mail", "Fax"];

    private static readonly string[] Texts =
    [
        "",
        "They said \"tomorrow\", three times.",
        "First, no answer.\nThen, an answer to another question.",
        "Amount, date, name: all wrong\r\nand \"nobody\" minds.",
        "Ünïcode: 礼品卡 never arrived; =1+1",
    ];

    /// <param name="first">The first of three months.</param>
    public static ComplaintFile Of(int rows, DateOnly first, int seed)
    {
        var random = new Random(seed);
        var days = first.AddMonths(3).DayNumber - first.DayNumber;
        var (csv, received, disputed) = (new StringBuilder(), new List<DateOnly>(), 0);
        Line(
            csv,
            "Date received",
            "Product",
            "Sub-product",
            "Issue",
            "Sub-issue",
            "Consumer complaint narrative",
            "Company",
            "State",
            "ZIP code",
            "Consumer consent provided?",
            "Submitted via",
            "Date sent to company",
            "Company response to consumer",
            "Timely response?",
            "Consumer disputed?"
        );
        for (var row = 0; row < rows; row++)
        {
            var (product, issues) = Products[random.Next(Products.Length)];
            var day = first.AddDays(random.Next(days));
            var isDisputed = random.Next(5) == 0;
            received.Add(day);
            disputed += isDisputed ? 1 : 0;
            Line(
                csv,
                Day(day),
                product,
                "",
                issues[random.Next(issues.Length)],
                "",
                Texts[random.Next(Texts.Length)],
                "Plum, Inc.",
                "NY",
                "10001",
                "N/A",
                Ways[random.Next(Ways.Length)],
                Day(day.AddDays(random.Next(9))),
                random.Next(4) == 0 ? "Closed with monetary relief" : "Closed with explanation",
                random.Next(20) == 0 ? "No" : "Yes",
                isDisputed ? "Yes"
                    : random.Next(30) == 0 ? ""
                    : "No"
            );
        }

        return new ComplaintFile(csv.ToString(), received, disputed);
    }

    private static string Day(DateOnly day) => day.ToString("M/d/yyyy", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder csv, params string[] cells) =>
        csv.AppendJoin(
                ',',
                cells.Select(c => c.AsSpan().IndexOfAny("\",\r\n") < 0 ? c : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
            )
            .Append("\r\n");
}
