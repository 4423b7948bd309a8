using Plum.Data.Allocations;
using Plum.Data.Imports;
using Plum.Data.Shared;
using Plum.Portal.Access;
using Plum.Portal.Allocations;
using Plum.Portal.Api;
using Plum.Portal.Approvals;
using Plum.Portal.Audit;
using Plum.Portal.Catalogue;
using Plum.Portal.Connectors;
using Plum.Portal.Deliveries;
using Plum.Portal.Demonstration;
using Plum.Portal.Imports;
using Plum.Portal.Notifications;
using Plum.Portal.Orders;
using Plum.Portal.Reports;
using Plum.Portal.Shared;
using Plum.Portal.Sla;
using Plum.Portal.Tickets;

var isCommand = Commands.Wants(args);
var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = isCommand ? [] : args, ContentRootPath = AppContext.BaseDirectory }
);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddSingleton(TimeProvider.System);
var database = DatabaseOptions.From(builder.Configuration);
builder.Services.AddSingleton(
    new ImportOptions(builder.Configuration.GetValue("Imports:MaxMegabytes", ImportOptions.DefaultMaxBytes >> 20) << 20)
);
builder.Services.AddSingleton(
    new AllocationOptions(builder.Configuration.GetValue("Allocations:MaxMegabytes", AllocationOptions.DefaultMaxBytes >> 20) << 20)
);
builder.Services.AddPlumData(database);
builder.Services.AddPlumJobs(database, run: builder.Configuration.GetValue("Jobs:Run", defaultValue: true));
builder.Services.AddPlumShell();
builder.Services.AddPlumAccess(builder.Configuration);
builder
    .Services.AddScoped<CalendarDesk>()
    .AddScoped<CatalogueChoices>()
    .AddScoped<ComplaintDesk>()
    .AddScoped<NewTicketDesk>()
    .AddScoped<OrderLists>()
    .AddScoped<PolicyDesk>();
builder.Services.AddAllocations();
builder.Services.AddApprovals();
builder.Services.AddPlumApi(builder.Configuration);
builder.Services.AddTicketDesk();
builder.Services.AddHostedService<TicketQueueWarmUp>();
builder.Services.AddPlumConnectors(builder.Configuration);
builder.Services.AddPlumMail(builder.Configuration);
builder.Services.AddPlumDeliveries(builder.Configuration);

var app = builder.Build();
if (isCommand)
{
    return await Commands.RunAsync(args, app.Services, Console.Out, Console.Error);
}

await FirstStart.PrepareAsync(app.Services, CancellationToken.None);
app.UsePlumShell();
app.UsePlumAccess();
app.MapPlumShell();
app.MapPlumAccess();
app.MapAllocationDownloads();
app.MapAuditExport();
app.MapOpenApi().AllowAnonymous();
app.MapPlumApi();
app.MapDeliveryCallbacks();
app.MapDeliveryFiles();
app.MapEvidenceFiles();
app.MapImportDownloads();
app.MapReportFiles();
app.MapRewards();
app.MapSupplierWebhooks();
app.MapTicketExport();
app.MapTicketFiles();
app.MapTicketQueueFiles();
await app.RunAsync();
return 0;
