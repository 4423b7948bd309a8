using System.Globalization;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;
using Plum.Portal.Shared;

namespace Plum.Portal.Sla;

/// <summary>A policy as it stands in the fields of its form: everything as typed, right or wrong.</summary>
public sealed class PolicyForm
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string WarnPercent { get; set; } = "";
    public bool RecipientPausesFirstResponse { get; set; }
    public bool SupplierPauses { get; set; }
    public string Note { get; set; } = "";

    /// <summary>By <see cref="Field"/>, each as <c>1 h 30 m</c>; empty promises nothing.</summary>
    public Dictionary<string, string> Targets { get; init; } = [];

    public static string Field(Severity severity, SlaTarget target) => $"{severity}.{target}";

    public static PolicyForm Of(string code, string name, SlaTerms terms)
    {
        var form = new PolicyForm
        {
            Code = code,
            Name = name,
            WarnPercent = terms.WarnPercent.ToString(CultureInfo.InvariantCulture),
            RecipientPausesFirstResponse = terms.RecipientPausesFirstResponse,
            SupplierPauses = terms.SupplierPauses,
        };
        foreach (var (severity, target) in Cells)
        {
            form.Targets[Field(severity, target)] = Text(terms.For(severity).Of(target));
        }

        return form;
    }

    /// <summary>What is typed, as terms; or what about it cannot be read or promised.</summary>
    public (SlaTerms? Terms, Refusal? Wrong) Read()
    {
        var minutes = new Dictionary<(Severity, SlaTarget), int?>();
        foreach (var cell in Cells)
        {
            var field = Field(cell.Severity, cell.Target);
            if (!SlaWords.TryRead(Targets.GetValueOrDefault(field), out var read))
            {
                return (null, SlaRefusals.Unreadable(field));
            }

            minutes[cell] = read;
        }

        var terms = new SlaTerms(
            [
                .. Enum.GetValues<Severity>()
                    .Select(s => new SeverityTargets(
                        minutes[(s, SlaTarget.FirstResponse)],
                        minutes[(s, SlaTarget.NextResponse)],
                        minutes[(s, SlaTarget.Resolution)]
                    )),
            ],
            int.TryParse(WarnPercent.Trim().TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : 0,
            RecipientPausesFirstResponse,
            SupplierPauses
        );
        return SlaRefusals.ForTerms(terms) is { } wrong ? (null, wrong) : (terms, null);
    }

    /// <summary>Where two sets of terms differ, each as a person reads it.</summary>
    public static IReadOnlyList<StaleNotice.Change> Differences(SlaTerms before, SlaTerms after)
    {
        var changes = new List<StaleNotice.Change>();
        void Compare(string field, string was, string now)
        {
            if (was != now)
            {
                changes.Add(new StaleNotice.Change(field, was, now));
            }
        }

        foreach (var (severity, target) in Cells)
        {
            Compare($"{severity} {SlaWords.Named(target)}", Text(before.For(severity).Of(target)), Text(after.For(severity).Of(target)));
        }

        Compare("Warns after", $"{before.WarnPercent}%", $"{after.WarnPercent}%");
        Compare("Recipient pauses first response", YesNo(before.RecipientPausesFirstResponse), YesNo(after.RecipientPausesFirstResponse));
        Compare("Supplier pauses", YesNo(before.SupplierPauses), YesNo(after.SupplierPauses));
        return changes;
    }

    private static IEnumerable<(Severity Severity, SlaTarget Target)> Cells =>
        Enum.GetValues<Severity>().SelectMany(s => Enum.GetValues<SlaTarget>().Select(t => (s, t)));

    private static string Text(int? minutes) => minutes is { } some ? SlaWords.Time(some) : "";

    private static string YesNo(bool value) => value ? "Yes" : "No";
}
