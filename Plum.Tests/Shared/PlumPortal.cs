using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plum.Data.Access;

namespace Plum.Tests.Shared;

/// <summary>The whole portal as it is served, on a test's own database and clock. Nothing runs in it by itself.</summary>
public sealed class PlumPortal(PlumDatabase plum, string environment = "Production", params (string Key, string Value)[] settings)
    : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Database:Provider", plum.Options.Provider.ToString());
        builder.UseSetting("Database:ConnectionString", plum.Options.ConnectionString);
        builder.UseSetting("Data:Folder", plum.Options.DataFolder);
        builder.UseSetting("Demonstration:Tickets", "0");
        builder.UseSetting("Jobs:Run", "false");
        builder.UseSetting("Portal:Url", "https://localhost");
        builder.UseSetting("Access:SetupCode", "the setup code");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(log => log.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(plum.Clock));
    }

    /// <summary>A browser without scripts: keeps cookies, follows nothing by itself.</summary>
    public Visitor Visit() =>
        new(CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false }));

    /// <summary>A visitor who has signed in.</summary>
    public async Task<Visitor> VisitAsync(PlumUser user, string password = PlumDatabase.Password)
    {
        var visitor = Visit();
        await visitor.SignInAsync(user.Email!, password);
        Assert.Equal(("302", "/"), (visitor.Status, visitor.SentTo));
        return visitor;
    }
}

/// <summary>What one browser sees, page by page.</summary>
public sealed class Visitor(HttpClient http)
{
    private static readonly HtmlParser Parser = new();

    public HttpResponseMessage Answer { get; private set; } = null!;

    public IHtmlDocument Page { get; private set; } = null!;

    public string Status => ((int)Answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The path that a redirection leads to, with its query; a whole address when it is of another host.</summary>
    public string? SentTo =>
        Answer.Headers.Location is not { } to ? null
        : !to.IsAbsoluteUri ? to.OriginalString
        : to.Host == "localhost" ? to.PathAndQuery
        : to.ToString();

    /// <summary>The heading, or the title where there is none.</summary>
    public string Heading => Page.QuerySelector("main h1")?.TextContent.Trim() ?? Page.Title ?? "";

    /// <summary>What the page complains of or reports.</summary>
    public string Said => string.Join(' ', Page.QuerySelectorAll(".notice, .field-error:not([hidden])").Select(n => n.TextContent.Trim()));

    public async Task<Visitor> OpenAsync(string path)
    {
        await TakeAsync(await http.GetAsync(path));
        return this;
    }

    /// <summary>Goes where the last answer sent it.</summary>
    public Task<Visitor> FollowAsync() => OpenAsync(SentTo ?? throw new InvalidOperationException($"{Status} leads nowhere."));

    /// <summary>Fills in a form of the page and sends it, with the fields that it has already.</summary>
    public async Task<Visitor> SubmitAsync(string form, params (string Name, string Value)[] fields)
    {
        var target =
            Page.QuerySelectorAll<IHtmlFormElement>("form")
                .SingleOrDefault(f => f.QuerySelector($"input[name=_handler][value='{form}']") is not null)
            ?? throw new InvalidOperationException($"There is no form '{form}' on '{Heading}' ({Status}).");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in target.QuerySelectorAll<IHtmlInputElement>("input[name]").Where(i => i.Type is not "radio" || i.IsChecked))
        {
            values[field.Name!] = field.Value;
        }

        foreach (var field in target.QuerySelectorAll<IHtmlSelectElement>("select[name]"))
        {
            values[field.Name!] = field.Value ?? "";
        }

        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        await PostAsync(Answer.RequestMessage!.RequestUri!.PathAndQuery, values);
        return this;
    }

    public async Task PostAsync(string path, IReadOnlyDictionary<string, string> values, params (string Name, string Value)[] headers)
    {
        using var content = new FormUrlEncodedContent(values);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        await TakeAsync(await http.SendAsync(request));
    }

    public async Task SignInAsync(string email, string password, string returnUrl = "/")
    {
        await OpenAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        await SubmitAsync("sign-in", ("Input.Email", email), ("Input.Password", password));
    }

    private async Task TakeAsync(HttpResponseMessage answer)
    {
        Answer = answer;
        Page = Parser.ParseDocument(
            answer.Content.Headers.ContentType?.MediaType == "text/html" ? await answer.Content.ReadAsStringAsync() : ""
        );
    }
}
