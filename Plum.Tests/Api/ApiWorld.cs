using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Plum.Data.Allocations;
using Plum.Data.Api;
using Plum.Domain.Access;
using Plum.Domain.Api;
using Plum.Domain.Clients;
using Plum.Domain.Shared;
using Plum.Tests.Allocations;
using Plum.Tests.Shared;

namespace Plum.Tests.Api;

/// <summary>A programme with a budget, its rewards, a served portal, and keys that open it.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    public const ApiScopes All = ApiScopes.AllocationsRead | ApiScopes.AllocationsWrite | ApiScopes.AllocationsSubmit;
    public const string Header = "reference,name,email,country,reward,value,currency";

    private readonly List<HttpClient> _clients = [];

    private ApiWorld(AllocationWorld world, PlumPortal portal) => (World, Portal) = (world, portal);

    public AllocationWorld World { get; }
    public PlumDatabase Plum => World.Plum;
    public PlumPortal Portal { get; }
    public string Files => $"/api/v1/programmes/{World.Programme.Code}/allocations";

    public static async Task<ApiWorld> CreateAsync(string provider = "Sqlite", params (string Key, string Value)[] settings)
    {
        var world = await AllocationWorld.CreateAsync(provider);
        await world.Plum.HasRewardAsync("Any", code: "AMAZING-GB");
        return new ApiWorld(world, new PlumPortal(world.Plum, "Production", settings));
    }

    public static string Good(int number) => $"R-{number},Jane Okafor,jane{number}@example.com,GB,AMAZING-GB,25.00,GBP";

    public static string Bad(int number) => $"R-{number},Jane Okafor,nowhere,GB,AMAZING-GB,25.00,GBP";

    public static string Csv(params IEnumerable<string> lines) => string.Join("\r\n", [Header, .. lines]) + "\r\n";

    public async Task<(Guid Id, string Secret)> HasKeyAsync(ApiScopes scopes = All, Client? client = null, int days = 30, Actor? by = null)
    {
        var keys = Plum.Get<ApiKeyService>();
        var (outcome, secret) = await keys.MakeAsync(
            new MakeApiKey((client ?? World.Client).Id, null, "Payroll", scopes, days),
            by ?? World.Admin,
            default
        );
        var prefix = Assert.IsType<Outcome.Done>(outcome).Key;
        var rows = (await keys.ListAsync(new ApiKeyListQuery(Take: 200), by ?? World.Admin, default)).Rows;
        return (rows.Single(r => r.Prefix == prefix).Id, secret!);
    }

    public HttpClient Client(string? secret)
    {
        var http = Portal.CreateClient(
            new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false }
        );
        http.DefaultRequestHeaders.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        _clients.Add(http);
        return http;
    }

    public async Task<HttpClient> OpenAsync(ApiScopes scopes = All) => Client((await HasKeyAsync(scopes)).Secret);

    public static HttpContent Text(string text, string type = "text/csv") => new StringContent(text, Encoding.UTF8, type);

    public static async Task<Heard> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        HttpContent? content = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Heard(
            (int)answer.StatusCode,
            text.Length == 0 ? null : JsonNode.Parse(text),
            answer.Content.Headers.ContentType?.MediaType,
            answer.Headers.Location?.ToString(),
            answer.Headers
        );
    }

    public Task<Heard> GiveAsync(HttpClient http, string csv, string? key = null) =>
        SendAsync(http, HttpMethod.Post, Files, Text(csv), key);

    public static Task<Heard> ReadAsync(HttpClient http, string path) => SendAsync(http, HttpMethod.Get, path);

    public static Task<Heard> SubmitAsync(HttpClient http, string reference, string json, string? key = null) =>
        SendAsync(http, HttpMethod.Post, $"/api/v1/allocations/{reference}/submit", Text(json, "application/json"), key);

    /// <summary>Given, and checked by the job.</summary>
    public async Task<string> CheckedAsync(HttpClient http, string csv)
    {
        var given = await GiveAsync(http, csv);
        Assert.Equal(202, given.Status);
        await Plum.Get<AllocationWork>().RunDueAsync(default);
        return given["reference"];
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await Portal.DisposeAsync();
        await World.DisposeAsync();
    }
}

/// <summary>What was answered.</summary>
internal sealed record Heard(int Status, JsonNode? Body, string? Type, string? Location, HttpResponseHeaders Headers)
{
    /// <summary>A value of the body, by its names with dots between.</summary>
    public string this[string path] => path.Split('.').Aggregate(Body, (node, name) => node?[name])?.ToString() ?? "";

    /// <summary>Of a problem.</summary>
    public (int Status, string Code) Problem
    {
        get
        {
            Assert.Equal("application/problem+json", Type);
            Assert.Equal(Status.ToString(System.Globalization.CultureInfo.InvariantCulture), this["status"]);
            Assert.NotEmpty(this["detail"]);
            return (Status, this["code"]);
        }
    }
}
