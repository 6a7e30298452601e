package cloud.wuye.payment;

import java.util.UUID;

/** News on this replica, after the commit: a company's settings are others than before. */
public record ChannelSettingsChanged(UUID tenantId) {}
