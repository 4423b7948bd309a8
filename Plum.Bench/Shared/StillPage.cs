using System.Net;
using System.Text;

namespace Plum.Bench.Shared;

/// <summary>One page that is written already, given to whoever asks.</summary>
internal sealed class StillPage : IDisposable
{
    public const string Address = "http://localhost:5398/";
    private readonly HttpListener _listener = new();

    public StillPage(string html)
    {
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = AnswerAsync(Encoding.UTF8.GetBytes(html));
    }

    private async Task AnswerAsync(byte[] page)
    {
        while (_listener.IsListening)
        {
            try
            {
                var asked = await _listener.GetContextAsync();
                asked.Response.ContentType = "text/html; charset=utf-8";
                await asked.Response.OutputStream.WriteAsync(page);
                asked.Response.Close();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }
        }
    }

    public void Dispose() => _listener.Close();
}
