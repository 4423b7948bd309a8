using Plum.Domain.Shared;

namespace Plum.Domain.Tickets;

/// <summary>
/// The one label that says where a ticket stands. The standard ones are fixed in code and stage; an ops lead may rename any label and add
/// dispositions, each of which reports under a standard code or under "Other".
/// </summary>
public sealed class Disposition : IVersioned
{
    public const int CodeMaxLength = 40;
    public const int LabelMaxLength = 60;

    private Disposition() { } // EF Core

    /// <summary>Key and reporting name; never changed, so that a renamed label breaks no history.</summary>
    public string Code { get; private init; } = "";
    public string Label { get; private set; } = "";
    public Stage Stage { get; private init; }

    /// <summary>The standard code that this one reports under, of its own stage; <see cref="Dispositions.Other"/> when it has none.</summary>
    public string ReportsUnder { get; private init; } = "";
    public bool IsStandard { get; private init; }
    public bool IsActive { get; private set; } = true;
    public int SortOrder { get; private set; }
    public int Version { get; private set; }

    public static Disposition Standard(string code, string label, Stage stage, int sortOrder) =>
        new()
        {
            Code = code,
            Label = label,
            Stage = stage,
            ReportsUnder = code,
            IsStandard = true,
            SortOrder = sortOrder,
        };

    public static Disposition Add(string code, string label, Stage stage, string reportsUnder, int sortOrder)
    {
        RefusedException.ThrowIf(DispositionRefusals.ForNew(code, stage, reportsUnder) ?? DispositionRefusals.ForLabel(label));

        return new Disposition
        {
            Code = code.Trim(),
            Label = label.Trim(),
            Stage = stage,
            ReportsUnder = reportsUnder,
            SortOrder = sortOrder,
        };
    }

    public Refusal? CannotChange(string? label, bool isActive) =>
        DispositionRefusals.ForLabel(label)
        ?? (
            IsStandard && !isActive
                ? new Refusal("disposition.standard", "A standard disposition can be renamed, not switched off.", "IsActive")
                : null
        );

    public void Change(string label, int sortOrder, bool isActive)
    {
        RefusedException.ThrowIf(CannotChange(label, isActive));

        (Label, SortOrder, IsActive) = (label.Trim(), sortOrder, isActive);
    }
}

/// <summary>A ticket is open until its disposition is final.</summary>
public enum Stage
{
    Intake = 1,
    InProgress = 2,
    Final = 3,
}

public static class Dispositions
{
    public const string FailedRedemption = nameof(FailedRedemption);
    public const string VoucherNotReceived = nameof(VoucherNotReceived);
    public const string CancellationRequested = nameof(CancellationRequested);
    public const string RefundPending = nameof(RefundPending);
    public const string RefundProcessed = nameof(RefundProcessed);
    public const string VendorRejection = nameof(VendorRejection);
    public const string Resolved = nameof(Resolved);

    /// <summary>What an added disposition without a standard code reports under.</summary>
    public const string Other = nameof(Other);

    public static IReadOnlyList<Disposition> Standard() =>
        [
            Disposition.Standard(FailedRedemption, "Failed redemption", Stage.Intake, 10),
            Disposition.Standard(VoucherNotReceived, "Voucher not received", Stage.Intake, 20),
            Disposition.Standard(CancellationRequested, "Cancellation requested", Stage.InProgress, 30),
            Disposition.Standard(RefundPending, "Refund pending", Stage.InProgress, 40),
            Disposition.Standard(RefundProcessed, "Refund processed", Stage.Final, 50),
            Disposition.Standard(VendorRejection, "Vendor rejection", Stage.InProgress, 60),
            Disposition.Standard(Resolved, "Resolved", Stage.Final, 70),
        ];

    public static IReadOnlyList<string> StandardCodes { get; } =
    [FailedRedemption, VoucherNotReceived, CancellationRequested, RefundPending, RefundProcessed, VendorRejection, Resolved];
}

public static class DispositionRefusals
{
    public static Refusal? ForLabel(string? label) => Refusals.ForText("Label", label, Disposition.LabelMaxLength);

    public static Refusal? ForNew(string? code, Stage stage, string? reportsUnder) =>
        ForCode(code)
        ?? (Enum.IsDefined(stage) ? null : new Refusal("disposition.stage", "Choose a stage.", "Stage"))
        ?? ForReportsUnder(stage, reportsUnder);

    public static Refusal? ForCode(string? code) =>
        Refusals.ForText("Code", code, Disposition.CodeMaxLength)
        ?? (
            code!.Trim().All(char.IsAsciiLetterOrDigit)
                ? null
                : new Refusal("disposition.code-form", "Use letters and digits only.", "Code")
        )
        ?? (
            Dispositions.StandardCodes.Append(Dispositions.Other).Contains(code.Trim(), StringComparer.OrdinalIgnoreCase)
                ? CodeTaken(code)
                : null
        );

    /// <summary>A disposition reports under a standard one of its own stage, so that what is still open never counts as done.</summary>
    public static Refusal? ForReportsUnder(Stage stage, string? reportsUnder) =>
        reportsUnder == Dispositions.Other ? null
        : Dispositions.Standard().SingleOrDefault(d => d.Code == reportsUnder) is not { } standard
            ? new Refusal("disposition.reports-under", "Choose the standard disposition that it reports under, or Other.", "ReportsUnder")
        : standard.Code == Dispositions.RefundProcessed
            ? new Refusal(
                "disposition.refund-processed",
                "Only a confirmed refund reports as Refund processed. Choose another, or Other.",
                "ReportsUnder"
            )
        : standard.Stage != stage
            ? new Refusal(
                "disposition.other-stage",
                $"{standard.Label} is of another stage. Choose one of the same stage, or Other.",
                "ReportsUnder"
            )
        : null;

    public static Refusal AtTheEnd(string label, bool up) =>
        new("disposition.at-the-end", $"{label} is {(up ? "first" : "last")} in the list already.");

    public static Refusal LabelTaken(string label) =>
        new("disposition.label-taken", $"Another disposition is called {label.Trim()} already. Choose another label.", "Label");

    public static Refusal CodeTaken(string code) =>
        new("disposition.code-taken", $"{code.Trim()} is in use already. Choose another code.", "Code");

    public static Refusal FirstOfCategory(string label, string category) =>
        new(
            "disposition.first-of-category",
            $"New tickets of {category} start as {label}. Give that category another first disposition before switching this one off.",
            "IsActive"
        );
}
