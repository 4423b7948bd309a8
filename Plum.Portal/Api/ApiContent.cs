using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Plum.Data.Allocations;
using Plum.Domain.Shared;

namespace Plum.Portal.Api;

/// <summary>What a call brings: a file, as it is or as one part of a form, or rows. Files are read as they arrive, never whole in memory.</summary>
public sealed class ApiContent : IDisposable
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Form = "multipart/form-data";

    private const int MostNameLength = 150;

    internal static readonly Refusal UnknownType = new(
        "api.content-type",
        $"Send {Csv}, {Workbook}, {Form} with one file, or {Json}, and say so in Content-Type."
    );
    private static readonly Refusal NoFile = new("api.no-file", "The form has no file. Send it as the part named 'file'.", "File");
    private static readonly Refusal CutShort = new("api.cut-short", "The call ended before its content did. Send it again.");

    private readonly byte[]? _rows;
    private readonly ApiStream? _file;

    private ApiContent(string? name, ApiStream file) => (Name, _file, Stream) = (name, file, file);

    private ApiContent(byte[] sent, byte[] csv) => (_rows, Stream) = (sent, new MemoryStream(csv));

    /// <summary>The file's own; null where none was said.</summary>
    public string? Name { get; }

    public bool IsRows => _rows is not null;

    public Stream Stream { get; }

    /// <summary>SHA-256 in hex of what was sent, once it is read to its end.</summary>
    public async Task<string> HashAsync(AllocationOptions files, CancellationToken ct)
    {
        if (_rows is not null)
        {
            return Convert.ToHexStringLower(SHA256.HashData(_rows));
        }

        var (block, bytes) = (new byte[1 << 16], 0L);
        for (int read; (read = await Stream.ReadAsync(block, ct)) > 0; )
        {
            bytes += read;
            if (files.CannotTake(bytes) is { } large)
            {
                throw new ApiContentException(ApiProblem.Of(large));
            }
        }

        return _file!.Hash;
    }

    /// <exception cref="ApiContentException">It cannot be taken.</exception>
    public static async Task<ApiContent> OpenAsync(HttpContext http, AllocationOptions files, ApiOptions options, CancellationToken ct)
    {
        var request = http.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw new ApiContentException(ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, UnknownType));
        }

        if (type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
        {
            var sent = await ReadAsync(request, options.MaxJsonBytes, ct);
            return new ApiContent(sent, ApiRowsReading.ToCsv(sent));
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // what is read is counted, and answered with words
        }

        if (request.ContentLength is { } length && files.CannotTake(length) is { } large)
        {
            throw new ApiContentException(ApiProblem.Of(large));
        }

        return type.MediaType switch
        {
            var t when Is(t, Csv) || Is(t, Workbook) => new ApiContent(
                Named(request.Query["fileName"]),
                new ApiStream(request.Body, after: null)
            ),
            var t when Is(t, Form) => await PartAsync(type, request.Body, ct),
            _ => throw new ApiContentException(ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, UnknownType)),
        };

        static bool Is(StringSegment given, string type) => given.Equals(type, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A small body, whole.</summary>
    /// <exception cref="ApiContentException">It is larger.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, long most, CancellationToken ct)
    {
        var kept = new MemoryStream();
        var (block, body) = (new byte[16 << 10], new ApiStream(request.Body, after: null));
        for (int read; (read = await body.ReadAsync(block, ct)) > 0; )
        {
            if (kept.Length + read > most)
            {
                throw new ApiContentException(
                    ApiProblem.Of(
                        StatusCodes.Status413PayloadTooLarge,
                        new Refusal(
                            "api.json-too-large",
                            $"JSON may have {Math.Max(1, most >> 20)} MB here. Send more rows as a CSV or XLSX file."
                        )
                    )
                );
            }

            kept.Write(block, 0, read);
        }

        return kept.ToArray();
    }

    private static async Task<ApiContent> PartAsync(MediaTypeHeaderValue type, Stream body, CancellationToken ct)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
        {
            throw new ApiContentException(ApiProblem.Of(StatusCodes.Status400BadRequest, CutShort));
        }

        try
        {
            var parts = new MultipartReader(boundary, body);
            return await NextFileAsync(parts, ct) is var (name, content)
                ? new ApiContent(Named(name), new ApiStream(content, after: () => NoneFollowsAsync(parts, ct)))
                : throw new ApiContentException(ApiProblem.Of(NoFile));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new ApiContentException(ApiProblem.Of(StatusCodes.Status400BadRequest, CutShort));
        }
    }

    private static async Task<(string? Name, Stream Content)?> NextFileAsync(MultipartReader parts, CancellationToken ct)
    {
        while (await parts.ReadNextSectionAsync(ct) is { } part)
        {
            if (part.GetContentDispositionHeader() is { } about && about.IsFileDisposition())
            {
                var name = about.FileNameStar.HasValue ? about.FileNameStar : about.FileName;
                return (HeaderUtilities.RemoveQuotes(name).Value, part.Body);
            }
        }

        return null;
    }

    /// <summary>A second file would be lost without a word.</summary>
    private static async Task NoneFollowsAsync(MultipartReader parts, CancellationToken ct)
    {
        if (await NextFileAsync(parts, ct) is not null)
        {
            throw new ApiContentException(ApiProblem.Of(new AllocationOptions().CannotTake(files: 2, bytes: 0)!));
        }
    }

    private static string? Named(string? name)
    {
        var clean = new string([.. (name ?? "").Where(c => !char.IsControl(c))]).Trim();
        return clean.Length == 0 ? null
            : clean.Length > MostNameLength ? clean[^MostNameLength..]
            : clean;
    }

    public void Dispose() => Stream.Dispose();

    /// <summary>Hashes what is read, and turns a broken call into words.</summary>
    /// <param name="after">At the end, once.</param>
    private sealed class ApiStream(Stream inner, Func<Task>? after) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private string? _hashed;

        public string Hash => _hashed ?? throw new InvalidOperationException("It is not read to its end.");

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hashed is not null)
            {
                return 0;
            }

            try
            {
                var read = await inner.ReadAsync(buffer, cancellationToken);
                _hash.AppendData(buffer.Span[..read]);
                if (read == 0)
                {
                    await (after?.Invoke() ?? Task.CompletedTask);
                    _hashed = Convert.ToHexStringLower(_hash.GetHashAndReset());
                }

                return read;
            }
            catch (BadHttpRequestException e)
            {
                throw new ApiContentException(ApiProblem.Bare(e.StatusCode));
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                throw new ApiContentException(ApiProblem.Of(StatusCodes.Status400BadRequest, CutShort));
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _hash.Dispose(); // the stream beneath is the server's
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>A call whose content cannot be taken, and what is answered.</summary>
public sealed class ApiContentException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;
}
