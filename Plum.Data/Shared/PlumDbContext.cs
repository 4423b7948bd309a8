using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Plum.Data.Access;
using Plum.Data.Deliveries;
using Plum.Data.Search;
using Plum.Domain.Access;
using Plum.Domain.Allocations;
using Plum.Domain.Api;
using Plum.Domain.Approvals;
using Plum.Domain.Audit;
using Plum.Domain.Catalogue;
using Plum.Domain.Clients;
using Plum.Domain.Connectors;
using Plum.Domain.Corrections;
using Plum.Domain.Deliveries;
using Plum.Domain.Drafts;
using Plum.Domain.Imports;
using Plum.Domain.Ledger;
using Plum.Domain.Notifications;
using Plum.Domain.Orders;
using Plum.Domain.Partners;
using Plum.Domain.Reports;
using Plum.Domain.Shared;
using Plum.Domain.Sla;
using Plum.Domain.Tickets;

namespace Plum.Data.Shared;

public abstract class PlumDbContext(DbContextOptions options)
    : IdentityDbContext<PlumUser, IdentityRole<Guid>, Guid>(options),
        IDataProtectionKeyContext
{
    public DbSet<AllocationApproval> AllocationApprovals => Set<AllocationApproval>();
    public DbSet<AllocationFaultCount> AllocationFaultCounts => Set<AllocationFaultCount>();
    public DbSet<AllocationFile> AllocationFiles => Set<AllocationFile>();
    public DbSet<AllocationRow> AllocationRows => Set<AllocationRow>();
    public DbSet<AllocationTotal> AllocationTotals => Set<AllocationTotal>();
    public DbSet<ApiAnswer> ApiAnswers => Set<ApiAnswer>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<ApprovalBand> ApprovalBands => Set<ApprovalBand>();
    public DbSet<ApprovalLimit> ApprovalLimits => Set<ApprovalLimit>();
    public DbSet<ApprovalRequest> ApprovalRequests => Set<ApprovalRequest>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();
    public DbSet<Brand> Brands => Set<Brand>();
    public DbSet<BusinessCalendar> BusinessCalendars => Set<BusinessCalendar>();
    public DbSet<CatalogueFault> CatalogueFaults => Set<CatalogueFault>();
    public DbSet<CatalogueSync> CatalogueSyncs => Set<CatalogueSync>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Client> Clients => Set<Client>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<Delegation> Delegations => Set<Delegation>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<DeliveryAttempt> DeliveryAttempts => Set<DeliveryAttempt>();
    public DbSet<DeliveryEvent> DeliveryEvents => Set<DeliveryEvent>();
    public DbSet<DeliveryTemplate> DeliveryTemplates => Set<DeliveryTemplate>();
    public DbSet<Disposition> Dispositions => Set<Disposition>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<EmergencyAccess> EmergencyAccesses => Set<EmergencyAccess>();
    public DbSet<Escalation> Escalations => Set<Escalation>();
    public DbSet<Handover> Handovers => Set<Handover>();
    public DbSet<JournalEntry> JournalEntries => Set<JournalEntry>();
    public DbSet<LedgerAccount> LedgerAccounts => Set<LedgerAccount>();
    public DbSet<Macro> Macros => Set<Macro>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderEvent> OrderEvents => Set<OrderEvent>();
    public DbSet<OrderPayment> OrderPayments => Set<OrderPayment>();
    public DbSet<OrderPlacement> OrderPlacements => Set<OrderPlacement>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<PartnerCustomer> PartnerCustomers => Set<PartnerCustomer>();
    public DbSet<PartnerInstitution> PartnerInstitutions => Set<PartnerInstitution>();
    public DbSet<Posting> Postings => Set<Posting>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<ProgrammeDelivery> ProgrammeDeliveries => Set<ProgrammeDelivery>();
    public DbSet<ProgrammeRewards> ProgrammeRewards => Set<ProgrammeRewards>();
    public DbSet<ProviderPause> ProviderPauses => Set<ProviderPause>();
    public DbSet<QueueTabs> QueueTabs => Set<QueueTabs>();
    public DbSet<Recipient> Recipients => Set<Recipient>();
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<RequestEvent> RequestEvents => Set<RequestEvent>();
    public DbSet<Reward> Rewards => Set<Reward>();
    public DbSet<RewardLinkKey> RewardLinkKeys => Set<RewardLinkKey>();
    public DbSet<SandboxCallback> SandboxCallbacks => Set<SandboxCallback>();
    public DbSet<SandboxDeliveryRule> SandboxDeliveryRules => Set<SandboxDeliveryRule>();
    public DbSet<SandboxMessage> SandboxMessages => Set<SandboxMessage>();
    public DbSet<SandboxOrder> SandboxOrders => Set<SandboxOrder>();
    public DbSet<SandboxRule> SandboxRules => Set<SandboxRule>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<SlaClock> SlaClocks => Set<SlaClock>();
    public DbSet<SlaPolicy> SlaPolicies => Set<SlaPolicy>();
    public DbSet<SlaPolicyVersion> SlaPolicyVersions => Set<SlaPolicyVersion>();
    public DbSet<SuppliedProduct> SuppliedProducts => Set<SuppliedProduct>();
    public DbSet<SupplierCall> SupplierCalls => Set<SupplierCall>();
    public DbSet<Supplier> Suppliers => Set<Supplier>();
    public DbSet<SupplierHint> SupplierHints => Set<SupplierHint>();
    public DbSet<SupplierPace> SupplierPaces => Set<SupplierPace>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<TicketAttachment> TicketAttachments => Set<TicketAttachment>();
    public DbSet<TicketEvent> TicketEvents => Set<TicketEvent>();
    public DbSet<TicketLink> TicketLinks => Set<TicketLink>();
    public DbSet<TicketImport> TicketImports => Set<TicketImport>();
    public DbSet<TicketMessage> TicketMessages => Set<TicketMessage>();
    public DbSet<TicketPresence> TicketPresences => Set<TicketPresence>();
    public DbSet<UserSession> UserSessions => Set<UserSession>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PlumDbContext).Assembly);
        AnyCase.Apply(builder, sqlite: this is SqlitePlumDbContext);
        SearchColumns.Apply(builder, sqlite: this is SqlitePlumDbContext);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
        {
            entry.Property(e => e.Version).CurrentValue++;
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");
}

public sealed class SqlitePlumDbContext(DbContextOptions<SqlitePlumDbContext> options) : PlumDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        SqliteKeys.Apply(builder);
    }
}

public sealed class SqlServerPlumDbContext(DbContextOptions<SqlServerPlumDbContext> options) : PlumDbContext(options);
