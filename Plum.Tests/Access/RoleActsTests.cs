using Plum.Domain.Access;
using static Plum.Domain.Access.Act;

namespace Plum.Tests.Access;

public class RoleActsTests
{
    // The table once more, by hand: whoever gives a role more decides it twice.
    [Theory]
    [InlineData(
        Role.Agent,
        "CorrectRecipients MakeCorrections MendDeliveries OpenTickets ReadCatalogue ReadClients ReadDeliveries ReadOrders ReadTickets WorkTickets"
    )]
    [InlineData(
        Role.SeniorAgent,
        "AssignTickets BulkEditTickets CorrectRecipients EditMacros ExportTickets MakeCorrections MendDeliveries OpenTickets ReadCatalogue ReadClients ReadDeliveries ReadOrders ReadTickets RevealVouchers ShareViews WorkTickets"
    )]
    [InlineData(
        Role.Checker,
        "DecideRequests ReadAllocations ReadCatalogue ReadClients ReadDeliveries ReadLedger ReadOrders ReadRequests ReadTickets"
    )]
    [InlineData(
        Role.ProgrammeAdmin,
        "ChooseRewards CorrectRecipients EditMessages HandOverComplaints MakeAllocations ManageApiKeys MendDeliveries OpenTickets ReadAllocations ReadCatalogue ReadClients ReadDeliveries ReadOrders ReadReports ReadTickets"
    )]
    [InlineData(
        Role.OpsLead,
        "AssignTickets BulkEditTickets ChooseRewards CorrectRecipients DecideRequests EditCatalogue EditClients EditLimits EditMacros EditMessages EditSla EditTaxonomy ExportTickets ImportHistory MakeCorrections MakeReports MendDeliveries OpenTickets ReadAllocations ReadCatalogue ReadClients ReadDeliveries ReadLedger ReadOrders ReadOutbox ReadReports ReadRequests ReadTickets ResendMessages RunJobs ShareViews WatchJobs WorkTickets"
    )]
    [InlineData(Role.Executive, "ReadClients ReadLedger ReadReports ReadTickets")]
    [InlineData(
        Role.Auditor,
        "ReadAllocations ReadAudit ReadCatalogue ReadClients ReadDeliveries ReadLedger ReadOrders ReadReports ReadRequests ReadTickets"
    )]
    [InlineData(
        Role.Administrator,
        "DecideRequests EditLimits ManageApiKeys ManageUsers ReadClients ReadOutbox ResendMessages RunJobs WatchJobs"
    )]
    [InlineData(Role.Partner, "")]
    public void A_role_may_do_exactly_this(Role role, string acts) =>
        Assert.Equal(acts, string.Join(' ', RoleActs.Of([role]).Select(a => a.ToString()).Order(StringComparer.Ordinal)));

    [Fact]
    public void Several_roles_may_do_what_any_of_them_may() =>
        Assert.True(RoleActs.Of([Role.Auditor, Role.Agent]).IsSupersetOf([ReadAudit, WorkTickets]));

    [Fact]
    public void Whoever_is_bound_to_a_client_does_nothing_that_reaches_beyond_it()
    {
        var everything = RoleActs.For([.. Roles.All], ofClient: true, ofPartner: false);

        Assert.Equal(
            [
                EditClients,
                EditCatalogue,
                EditTaxonomy,
                EditSla,
                WatchJobs,
                RunJobs,
                ManageUsers,
                DecideRequests,
                EditLimits,
                ReadLedger,
                ReadCustomers,
                EditCustomers,
            ],
            Enum.GetValues<Act>().Except(everything)
        );
    }

    [Fact]
    public void A_clients_contact_hands_over_sees_and_gets_reports() =>
        Assert.Equal(
            [ReadTickets, HandOverComplaints, ReadReports],
            RoleActs.For([Role.Partner], ofClient: true, ofPartner: false).Order()
        );

    [Fact]
    public void A_partner_institutions_people_ask_for_goodwill_and_decide_it_and_do_nothing_with_clients_whatever_role_they_hold() =>
        Assert.Equal(
            [ReadAudit, MakeCorrections, ReadRequests, DecideRequests, ReadLedger, ReadCustomers, EditCustomers],
            RoleActs.For([.. Roles.All], ofClient: false, ofPartner: true).Order()
        );

    [Fact]
    public void The_role_partner_unbound_gives_nothing() => Assert.Empty(RoleActs.For([Role.Partner], ofClient: false, ofPartner: false));

    [Theory]
    [InlineData("access.no-role", false, false)]
    [InlineData("access.unknown-role", false, false, (Role)77)]
    [InlineData("access.bound-twice", true, true, Role.Partner)]
    [InlineData("access.partner-only", false, true, Role.Partner, Role.OpsLead)]
    [InlineData("access.partner-only", false, true, Role.Administrator)]
    [InlineData(null, false, true, Role.Partner, Role.Agent)]
    [InlineData(null, false, true, Role.SeniorAgent)]
    [InlineData(null, false, true, Role.Checker)]
    [InlineData(null, false, true, Role.Auditor)]
    [InlineData("access.unbound", false, false, Role.Partner)]
    [InlineData("access.bound-administrator", true, false, Role.Administrator)]
    [InlineData(null, true, false, Role.Agent)]
    [InlineData(null, true, false, Role.Partner)]
    [InlineData(null, false, true, Role.Partner)]
    [InlineData(null, false, false, Role.Administrator, Role.Auditor)]
    public void Nobody_holds_roles_that_do_not_go_together(string? refusal, bool ofClient, bool ofPartner, params Role[] roles) =>
        Assert.Equal(refusal, Roles.CannotHold(roles, ofClient, ofPartner)?.Code);
}
