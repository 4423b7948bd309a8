using Microsoft.AspNetCore.Components;
using Plum.Data.Approvals;
using Plum.Domain.Access;
using Plum.Domain.Corrections;
using Plum.Domain.Shared;
using Plum.Portal.Shared;

namespace Plum.Portal.Approvals;

/// <summary>One request with everything that one needs to decide; the decision stands at its foot and is always in view.</summary>
public partial class RequestPanel(Viewer viewer, TimeProvider clock)
{
    [Parameter, EditorRequired]
    public RequestView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor By { get; set; } = null!;

    /// <summary>What somebody else did to it while it was open.</summary>
    [Parameter]
    public string? News { get; set; }

    /// <summary>The address of the list that it was opened from.</summary>
    [Parameter]
    public string Back { get; set; } = ApprovalWords.Path;

    /// <summary>It was decided here, so that it leaves the shelf.</summary>
    [Parameter]
    public EventCallback<long> Decided { get; set; }

    /// <summary>It is to be read again.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private string Checkers =>
        View.Policy.Checkers switch
        {
            0 => "None: within the maker's own limit",
            1 => $"One{Above}",
            var several => $"{several}, one after the other{Above}",
        };

    private string Above =>
        string.Concat(
            View.Policy.Above is { } above ? $" (above {Shown(above)})" : "",
            View.Policy.AsksSecondFactor ? ", each with the authenticator's code" : ""
        );

    private string Shown(long minorUnits) => viewer.Money(new Money(minorUnits, View.Row.Amount.Currency));

    private static string Because(string code) => Enum.TryParse<ReasonCode>(code, out var reason) ? ReasonWords.Of(reason) : code;

    private static string RoleNames(string roles) =>
        string.Join(", ", roles.Split(", ").Select(r => Enum.TryParse<Role>(r, out var role) ? Roles.Label(role) : r));

    private string Past(PastOf past, string asked)
    {
        if (past.Asked == 0)
        {
            return "Nothing else";
        }

        var sums = past.Sums.Count == 0 ? "" : $": {string.Join(", ", past.Sums.Select(viewer.Money))}";
        return $"{viewer.Number(past.Asked)} {asked}, {viewer.Number(past.Executed)} carried out{sums}, {viewer.Number(past.Rejected)} rejected";
    }
}
