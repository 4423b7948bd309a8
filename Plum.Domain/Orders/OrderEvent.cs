using Plum.Domain.Shared;

namespace Plum.Domain.Orders;

/// <summary>One line of an order's history. Never changed.</summary>
public sealed class OrderEvent
{
    public const int WhatMaxLength = 100;
    public const int NoteMaxLength = 1000;

    private OrderEvent() { } // EF Core

    public long Id { get; private init; }
    public long OrderId { get; private init; }
    public DateTime AtUtc { get; private init; }
    public OrderStatus Status { get; private init; }
    public string What { get; private init; } = "";
    public string? Note { get; private init; }
    public string Who { get; private init; } = "";

    public static OrderEvent Of(long orderId, OrderStatus status, string what, Actor by, DateTime atUtc, string? note = null) =>
        new()
        {
            OrderId = orderId,
            Status = status,
            What = what,
            Who = by.Name,
            AtUtc = atUtc,
            Note = note,
        };
}
