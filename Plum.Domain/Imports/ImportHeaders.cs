using Plum.Domain.Shared;

namespace Plum.Domain.Imports;

/// <summary>Recognises headers: without case, accents, punctuation and blanks, by the words that people use for them.</summary>
public static class ImportHeaders
{
    /// <summary>Of the column in which rejected rows come back; it is never mapped.</summary>
    public const string Errors = "Plum errors";

    private static readonly Dictionary<ImportField, string[]> Synonyms = new()
    {
        [ImportField.SourceReference] =
        [
            "complaintid",
            "caseid",
            "casenumber",
            "caseno",
            "ticketid",
            "ticketnumber",
            "ticketno",
            "reference",
            "ref",
            "sourcereference",
            "id",
            "incident",
            "incidentnumber",
            "number",
        ],
        [ImportField.Created] =
        [
            "created",
            "createdat",
            "createdon",
            "createddate",
            "creationdate",
            "dateopened",
            "opened",
            "openedat",
            "openeddate",
            "datereceived",
            "receiveddate",
            "received",
            "date",
            "reporteddate",
        ],
        [ImportField.Category] = ["category", "product", "issue", "issuetype", "type", "topic", "reason", "complainttype"],
        [ImportField.Subject] = ["subject", "title", "summary", "shortdescription", "headline"],
        [ImportField.Message] =
        [
            "message",
            "description",
            "details",
            "text",
            "body",
            "complaint",
            "consumercomplaintnarrative",
            "narrative",
            "comment",
        ],
        [ImportField.Channel] = ["channel", "intakechannel", "submittedvia", "source", "origin", "via", "contacttype", "contactmethod"],
        [ImportField.Severity] = ["severity", "priority", "urgency", "impact"],
        [ImportField.Disposition] =
        [
            "disposition",
            "status",
            "outcome",
            "resolution",
            "companyresponse",
            "companyresponsetoconsumer",
            "result",
        ],
        [ImportField.FirstResponse] =
        [
            "firstresponse",
            "firstresponseat",
            "firstresponsedate",
            "firstreply",
            "respondedat",
            "responsedate",
            "datesenttocompany",
            "acknowledged",
        ],
        [ImportField.Resolved] =
        [
            "resolved",
            "resolvedat",
            "resolveddate",
            "dateresolved",
            "closed",
            "closedat",
            "closeddate",
            "dateclosed",
            "completed",
            "solvedat",
        ],
        [ImportField.Timely] = ["timely", "timelyresponse", "slamet", "madesla", "withinsla", "ontime", "sla"],
        [ImportField.Disputed] = ["disputed", "consumerdisputed", "dispute", "appealed"],
        [ImportField.Csat] = ["csat", "csatscore", "satisfaction", "score", "rating", "satisfactionrating"],
        [ImportField.RecipientName] =
        [
            "recipient",
            "recipientname",
            "name",
            "customer",
            "customername",
            "requester",
            "requestername",
            "contact",
            "fullname",
            "caller",
        ],
        [ImportField.RecipientEmail] = ["email", "emailaddress", "recipientemail", "customeremail", "requesteremail", "mail"],
        [ImportField.RecipientPhone] = ["phone", "mobile", "phonenumber", "recipientphone", "customerphone", "telephone", "cell"],
        [ImportField.Programme] = ["programme", "program", "programmecode", "scheme", "campaign"],
        [ImportField.Order] = ["order", "orderid", "orderreference", "orderref", "ordernumber", "orderno"],
    };

    public static string Normalise(string header) => HeaderText.Normalise(header);

    /// <summary>A first mapping to look at and correct: columns by their synonyms, then by what was mapped for this client before. Dates stay without a
    /// format until a person states it.</summary>
    public static ImportMapping Suggest(IReadOnlyList<string> headers, ImportMapping? remembered)
    {
        var byName = headers.Where(h => h != Errors).DistinctBy(Normalise).ToDictionary(Normalise, StringComparer.Ordinal);
        var fields = new List<ImportFieldMapping>();
        foreach (var facts in ImportFields.All)
        {
            if (remembered?[facts.Field] is { } before && before.Columns.All(c => byName.ContainsKey(Normalise(c))))
            {
                fields.Add(before with { Columns = [.. before.Columns.Select(c => byName[Normalise(c)])] });
                continue;
            }

            if (remembered is null or { Fields.Count: 0 })
            {
                var found = Synonyms[facts.Field].Where(byName.ContainsKey).Select(n => byName[n]).ToList();
                if (found.Count > 0)
                {
                    fields.Add(new ImportFieldMapping(facts.Field, [found[0]]));
                }
            }
        }

        return (remembered ?? ImportMapping.Nothing) with
        {
            Fields = fields,
        };
    }
}
