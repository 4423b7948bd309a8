using Plum.Domain.Clients;

namespace Plum.Domain.Deliveries;

/// <summary>Which provider carries each channel: the configured one, else the sandbox.</summary>
public sealed class DeliverySenders
{
    private readonly Dictionary<DeliveryChannel, IDeliverySender> _byChannel = [];
    private readonly Dictionary<string, IDeliverySender> _byName;

    /// <param name="senders">The first that has a channel carries it.</param>
    public DeliverySenders(IEnumerable<IDeliverySender> senders)
    {
        var all = senders.ToList();
        _byName = all.ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var channel in Enum.GetValues<DeliveryChannel>())
        {
            _byChannel[channel] =
                all.Find(s => s.Channels.Contains(channel)) ?? throw new InvalidOperationException($"Nothing carries {channel}.");
        }
    }

    public IReadOnlyCollection<IDeliverySender> All => _byName.Values;

    public IDeliverySender Of(DeliveryChannel channel) => _byChannel[channel];

    public IDeliverySender? Named(string name) => _byName.GetValueOrDefault(name);
}
