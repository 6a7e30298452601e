package cloud.wuye.payment;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/**
 * Where verified notices go. The channel is told that we have the notice only when the returned Uni succeeds, so all that
 * must not be lost is committed by then; if it fails, the channel sends the notice again.
 *
 * <p>The same notice comes many times, at the same moment too, and in any order: taking it twice must change nothing. The
 * sink that stands in as long as no other bean does is {@link StoreNotices}.
 */
public interface NoticeSink {
    /** Takes a notice for a company. The merchant is verified to be the company's; order, amount and app are not. */
    Uni<Void> take(UUID tenantId, ChannelNotice notice);
}
