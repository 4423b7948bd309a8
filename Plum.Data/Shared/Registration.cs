using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plum.Data.Access;
using Plum.Data.Allocations;
using Plum.Data.Api;
using Plum.Data.Approvals;
using Plum.Data.Audit;
using Plum.Data.Catalogue;
using Plum.Data.Clients;
using Plum.Data.Connectors;
using Plum.Data.Corrections;
using Plum.Data.Deliveries;
using Plum.Data.Demonstration;
using Plum.Data.Drafts;
using Plum.Data.Home;
using Plum.Data.Imports;
using Plum.Data.Jobs;
using Plum.Data.Ledger;
using Plum.Data.Notifications;
using Plum.Data.Orders;
using Plum.Data.Partners;
using Plum.Data.Reports;
using Plum.Data.Search;
using Plum.Data.Sla;
using Plum.Data.Tickets;
using Plum.Domain.Allocations;
using Plum.Domain.Connectors;
using Plum.Domain.Deliveries;

namespace Plum.Data.Shared;

public static class Registration
{
    public static IServiceCollection AddPlumData(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            services.AddPooledDbContextFactory<SqlitePlumDbContext>(o => o.UsePlum(options));
            services.AddSingleton<IDbContextFactory<PlumDbContext>, FactoryOf<SqlitePlumDbContext>>();
        }
        else
        {
            services.AddPooledDbContextFactory<SqlServerPlumDbContext>(o => o.UsePlum(options));
            services.AddSingleton<IDbContextFactory<PlumDbContext>, FactoryOf<SqlServerPlumDbContext>>();
        }

        // For Identity and the key ring alone, which want a context of the scope.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PlumDbContext>>().CreateDbContext());

        return services.AddPlumServices();
    }

    /// <summary>The domain services: stateless singletons, one a room or more. Tests add these to a container of their own.</summary>
    public static IServiceCollection AddPlumServices(this IServiceCollection services)
    {
        services.AddAccess();
        services.TryAddSingleton(new AllocationOptions());
        services.TryAddSingleton(new DeliveryOptions());
        services.TryAddSingleton(new ImportOptions());
        services.TryAddSingleton(new SupplierRoutes());
        services.AddSingleton<AllocationOrdering>();
        services.AddSingleton<AllocationPlacing>();
        services.AddSingleton<AllocationProgress>();
        services.AddSingleton<AllocationReporting>();
        services.AddSingleton<AllocationRun>();
        services.AddSingleton<AllocationSubmission>();
        services.AddSingleton<AllocationService>();
        services.AddSingleton<AllocationWork>();
        services.AddSingleton<ApiAccess>();
        services.AddSingleton<ApiAnswers>();
        services.AddSingleton<ApiKeyService>();
        services.AddSingleton<ApiReading>();
        services.AddSingleton<ApprovalQueue>();
        services.AddSingleton<ApprovalService>();
        services.AddSingleton<ISupplierGateway>(provider => provider.GetRequiredService<SandboxGateway>());
        services.AddSingleton<AttachmentService>();
        services.AddSingleton<AuditSealing>();
        services.AddSingleton<AuditService>();
        services.AddSingleton<BrandService>();
        services.AddSingleton<CalendarService>();
        services.AddSingleton<CatalogueSyncService>();
        services.AddSingleton<CatalogueSyncWork>();
        services.AddSingleton<CategoryService>();
        services.AddSingleton<ClientService>();
        services.AddSingleton<ComplaintService>();
        services.AddSingleton<ContactService>();
        services.AddSingleton<CorrectionOffering>();
        services.AddSingleton<CorrectionService>();
        services.AddSingleton<CustomerService>();
        services.AddSingleton<DelegationService>();
        services.AddSingleton<DeliveryClaims>();
        services.AddSingleton<DeliveryDispatch>();
        services.AddSingleton<DeliveryHearing>();
        services.AddSingleton<DeliveryRecording>();
        services.AddSingleton(provider => new DeliverySenders([
            .. provider.GetServices<IDeliverySender>(),
            provider.GetRequiredService<SandboxDelivery>(),
        ]));
        services.AddSingleton<DeliveryService>();
        services.AddSingleton<DemonstrationService>();
        services.AddSingleton<DispositionService>();
        services.AddSingleton<DraftService>();
        services.AddSingleton<EmergencyService>();
        services.AddSingleton<EvidenceService>();
        services.AddSingleton<FileStore>();
        services.AddSingleton<FundingService>();
        services.AddSingleton<GoodwillService>();
        services.AddSingleton<ImportService>();
        services.AddSingleton<ImportWork>();
        services.AddSingleton<HomeService>();
        services.AddSingleton<JobService>();
        services.AddSingleton<IRequestExecutor, AllocationExecutor>();
        services.AddSingleton<IRequestExecutor, CorrectionExecutor>();
        services.AddSingleton<IRequestExecutor, FundingExecutor>();
        services.AddSingleton<IRequestExecutor, LimitExecutor>();
        services.AddSingleton<LedgerService>();
        services.AddSingleton<LeftoverSweep>();
        services.AddSingleton<LimitService>();
        services.AddSingleton<MacroService>();
        services.AddSingleton<MendService>();
        services.AddSingleton<IPhoneReading, PhoneReading>();
        services.AddSingleton<MessageService>();
        services.AddSingleton<OrderService>();
        services.AddSingleton<OutboxService>();
        services.AddSingleton<PresenceService>();
        services.AddSingleton<ProgrammeRewardsService>();
        services.AddSingleton<ProgrammeService>();
        services.AddSingleton<RecipientService>();
        services.AddSingleton<ReportService>();
        services.AddSingleton<RewardLinks>();
        services.AddSingleton<RewardOpening>();
        services.AddSingleton<RewardService>();
        services.AddSingleton<ReportService>();
        services.AddSingleton<RequestHints>();
        services.AddSingleton<RequestNews>();
        services.AddSingleton<RequestReading>();
        services.AddSingleton<RequestRunner>();
        services.AddSingleton<RequestSweep>();
        services.AddSingleton<SandboxBooks>();
        services.AddSingleton<SandboxDelivery>();
        services.AddSingleton<SandboxGateway>();
        services.AddSingleton<SandboxOutbox>();
        services.AddSingleton<SandboxService>();
        services.AddSingleton<SandboxTelling>();
        services.AddSingleton<SandboxVault>();
        services.AddSingleton<SavedViewService>();
        services.AddSingleton<SearchService>();
        services.AddSingleton<SimilarTickets>();
        services.AddSingleton<SlaPolicyService>();
        services.AddSingleton<SlaPreviewing>();
        services.AddSingleton<SlaService>();
        services.AddSingleton<SupplierDesk>();
        services.AddSingleton<SupplierGateways>();
        services.AddSingleton<SupplierHintService>();
        services.AddSingleton<SupplierService>();
        services.AddSingleton<TicketConversation>();
        services.AddSingleton<TicketForms>();
        services.AddSingleton<TicketLinking>();
        services.AddSingleton<TicketNews>();
        services.AddSingleton<TicketQueueEditing>();
        services.AddSingleton<TicketQueueExport>();
        services.AddSingleton<TicketQueueIndex>();
        services.AddSingleton<TicketQueueService>();
        services.AddSingleton<TicketService>();
        services.AddSingleton<TicketSheets>();
        services.AddSingleton<TicketTimeline>();
        services.AddSingleton<VoucherVault>();
        return services;
    }

    public static DbContextOptionsBuilder UsePlum(this DbContextOptionsBuilder builder, DatabaseOptions options) =>
        (
            options.Provider == DatabaseProvider.Sqlite
                ? builder.UseSqlite(options.ConnectionString).AddInterceptors(new SqlitePragmas())
                : builder.UseSqlServer(options.ConnectionString)
        ).AddInterceptors(new AuditGuard());

    private sealed class FactoryOf<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<PlumDbContext>
        where TContext : PlumDbContext
    {
        public PlumDbContext CreateDbContext() => inner.CreateDbContext();

        public async Task<PlumDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}
