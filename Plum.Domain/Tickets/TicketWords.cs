namespace Plum.Domain.Tickets;

/// <summary>How the parts of a ticket are spoken of.</summary>
public static class TicketWords
{
    public static string Of(IntakeChannel channel) =>
        channel switch
        {
            IntakeChannel.Email => "E-mail",
            IntakeChannel.Phone => "Telephone",
            IntakeChannel.Web => "Web",
            IntakeChannel.ClientForm => "Client form",
            IntakeChannel.Api => "API",
            IntakeChannel.Chat => "Chat",
            IntakeChannel.Post => "Post",
            IntakeChannel.Fax => "Fax",
            IntakeChannel.Referral => "Referral",
            IntakeChannel.Social => "Social media",
            _ => channel.ToString(),
        };

    /// <summary>As it completes "Waits on ...".</summary>
    public static string Of(WaitingOn whom) =>
        whom switch
        {
            WaitingOn.Nobody => "nobody",
            WaitingOn.Recipient => "the recipient",
            WaitingOn.Supplier => "the supplier",
            WaitingOn.Checker => "a checker",
            _ => whom.ToString(),
        };

    /// <summary>What the other ticket is to this one.</summary>
    public static string Of(LinkKind kind) =>
        kind switch
        {
            LinkKind.Related => "Related to",
            LinkKind.DuplicateOf => "Duplicate of",
            LinkKind.ChildOf => "Part of",
            LinkKind.Follows => "Follows",
            LinkKind.SplitFrom => "Split from",
            _ => kind.ToString(),
        };

    /// <summary>The same link seen from the other ticket.</summary>
    public static string Reversed(LinkKind kind) =>
        kind switch
        {
            LinkKind.Related => "Related to",
            LinkKind.DuplicateOf => "Duplicated by",
            LinkKind.ChildOf => "Has part",
            LinkKind.Follows => "Followed by",
            LinkKind.SplitFrom => "Split into",
            _ => kind.ToString(),
        };
}
