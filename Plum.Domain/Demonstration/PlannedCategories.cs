using Plum.Domain.Tickets;
using static Plum.Domain.Tickets.Severity;

namespace Plum.Domain.Demonstration;

public sealed record PlannedCategory(Guid Id, Trouble Trouble, string Name, Severity Severity, string FirstDisposition);

/// <summary>What goes wrong; one category each.</summary>
public enum Trouble
{
    NotReceived = 0,
    CodeInvalid = 1,
    DeclinedAtTill = 2,
    WrongReward = 3,
    Expired = 4,
    Cancellation = 5,
    ChargedTwice = 6,
    Booking = 7,
    Damaged = 8,
    WalletBalance = 9,
    PointsMissing = 10,
    SignIn = 11,
    Fraud = 12,
    Question = 13,
}

internal static class CategoriesOf
{
    /// <summary>The intake disposition of what is neither a failure nor a loss; added by the demonstration, reports under Other.</summary>
    public const string Enquiry = "Enquiry";

    public static IReadOnlyList<PlannedCategory> Make(ulong seed, DateTime startUtc)
    {
        var dice = Dice.For(seed, Streams.Keys, 2);
        return
        [
            Of(Trouble.NotReceived, "Voucher not received", P3, Dispositions.VoucherNotReceived),
            Of(Trouble.CodeInvalid, "Voucher code invalid", P2, Dispositions.FailedRedemption),
            Of(Trouble.DeclinedAtTill, "Redemption declined", P2, Dispositions.FailedRedemption),
            Of(Trouble.WrongReward, "Wrong reward or value", P3, Dispositions.FailedRedemption),
            Of(Trouble.Expired, "Voucher expired", P3, Dispositions.FailedRedemption),
            Of(Trouble.Cancellation, "Cancellation request", P3, Enquiry),
            Of(Trouble.ChargedTwice, "Charged twice", P2, Dispositions.FailedRedemption),
            Of(Trouble.Booking, "Experience booking", P3, Dispositions.FailedRedemption),
            Of(Trouble.Damaged, "Damaged or missing item", P3, Dispositions.VoucherNotReceived),
            Of(Trouble.WalletBalance, "Wallet balance missing", P2, Dispositions.VoucherNotReceived),
            Of(Trouble.PointsMissing, "Points not credited", P3, Dispositions.VoucherNotReceived),
            Of(Trouble.SignIn, "Portal sign-in", P4, Enquiry),
            Of(Trouble.Fraud, "Suspected misuse", P1, Dispositions.FailedRedemption),
            Of(Trouble.Question, "General question", P4, Enquiry),
        ];

        PlannedCategory Of(Trouble trouble, string name, Severity severity, string first) =>
            new(dice.Key(startUtc), trouble, name, severity, first);
    }
}
