using Plum.Domain.Shared;
using Plum.Domain.Tickets;

namespace Plum.Tests.Tickets;

public class DispositionMovesTests
{
    private static readonly Dictionary<string, Disposition> Standard = Dispositions.Standard().ToDictionary(d => d.Code);

    public static TheoryData<string, string> EveryPair()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var from in Dispositions.StandardCodes)
        {
            foreach (var to in Dispositions.StandardCodes)
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    // The whole table, written out a second time by hand: a new standard disposition fails here until someone decides its moves.
    [Theory]
    [MemberData(nameof(EveryPair))]
    public void A_person_may_move_a_ticket_exactly_so(string from, string to)
    {
        string[] allowed =
        [
            "FailedRedemption>VoucherNotReceived",
            "FailedRedemption>CancellationRequested",
            "FailedRedemption>RefundPending",
            "FailedRedemption>VendorRejection",
            "FailedRedemption>Resolved",
            "VoucherNotReceived>FailedRedemption",
            "VoucherNotReceived>CancellationRequested",
            "VoucherNotReceived>RefundPending",
            "VoucherNotReceived>VendorRejection",
            "VoucherNotReceived>Resolved",
            "CancellationRequested>RefundPending",
            "CancellationRequested>VendorRejection",
            "CancellationRequested>Resolved",
            "RefundPending>CancellationRequested",
            "RefundPending>VendorRejection",
            "RefundPending>Resolved",
            "VendorRejection>CancellationRequested",
            "VendorRejection>RefundPending",
            "VendorRejection>Resolved",
        ];

        Assert.Equal(allowed.Contains($"{from}>{to}"), DispositionMoves.CannotMove(Standard[from], Standard[to]) is null);
    }

    [Fact]
    public void Seven_standard_dispositions_stand_in_their_stages() =>
        Assert.Equal(
            [
                ("FailedRedemption", Stage.Intake),
                ("VoucherNotReceived", Stage.Intake),
                ("CancellationRequested", Stage.InProgress),
                ("RefundPending", Stage.InProgress),
                ("RefundProcessed", Stage.Final),
                ("VendorRejection", Stage.InProgress),
                ("Resolved", Stage.Final),
            ],
            Dispositions.Standard().Select(d => (d.Code, d.Stage))
        );

    [Fact]
    public void A_disposition_that_was_switched_off_takes_no_more_tickets()
    {
        var own = Disposition.Add("BrandChecking", "Brand is checking", Stage.InProgress, Dispositions.Other, 80);
        own.Change("Brand is checking", 80, isActive: false);

        Assert.Equal("ticket.disposition-inactive", DispositionMoves.CannotMove(Standard[Dispositions.VoucherNotReceived], own)?.Code);
    }

    [Theory]
    [InlineData("resolved", "X", Dispositions.Other, "disposition.code-taken")]
    [InlineData("Two words", "X", Dispositions.Other, "disposition.code-form")]
    [InlineData("Mine", "", Dispositions.Other, "shared.missing")]
    [InlineData("Mine", "X", "Nonsense", "disposition.reports-under")]
    public void A_disposition_of_ones_own_is_refused_when_it_would_confuse_the_reports(
        string code,
        string label,
        string reportsUnder,
        string refusal
    ) =>
        Assert.Equal(
            refusal,
            Assert.Throws<RefusedException>(() => Disposition.Add(code, label, Stage.InProgress, reportsUnder, 1)).Refusal.Code
        );
}
