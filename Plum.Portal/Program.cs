using Microsoft.EntityFrameworkCore;
using Plum.Data.Shared;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddPlumData(DatabaseOptions.From(builder.Configuration));

var app = builder.Build();
if (app.Environment.IsDevelopment())
{
    Directory.CreateDirectory(app.Services.GetRequiredService<DatabaseOptions>().DataFolder);
    await using var db = await app.Services.GetRequiredService<IDbContextFactory<PlumDbContext>>().CreateDbContextAsync();
    await db.Database.MigrateAsync();
}

app.MapStaticAssets();
await app.RunAsync();
