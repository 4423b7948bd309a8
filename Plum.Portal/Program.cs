using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;
using Plum.Portal.Audit;
using Plum.Portal.Shared;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddSingleton(TimeProvider.System);
var database = DatabaseOptions.From(builder.Configuration);
builder.Services.AddPlumData(database);
builder.Services.AddPlumJobs(database, run: builder.Configuration.GetValue("Jobs:Run", defaultValue: true));
builder.Services.AddPlumShell();

var app = builder.Build();
if (app.Environment.IsDevelopment())
{
    Directory.CreateDirectory(app.Services.GetRequiredService<DatabaseOptions>().DataFolder);
    await using var db = await app.Services.GetRequiredService<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
    await db.Database.MigrateAsync();
}

app.MapPlumShell();
app.MapAuditExport();
await app.RunAsync();
