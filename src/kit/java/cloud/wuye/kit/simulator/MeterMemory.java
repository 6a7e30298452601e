package cloud.wuye.kit.simulator;

import java.time.Instant;

/**
 * What a meter keeps without power.
 *
 * @param grains of its register
 * @param at until when it has counted
 * @param supply whether the breaker is closed, or the valve open
 * @param version of its reported state
 * @param desired version of the configuration it has taken over
 * @param purchase the last purchase number, 0 when it was never bought for
 * @param order whose purchase that was, or empty
 * @param credit grains left; counted down only after a purchase
 * @param starved whether the supply is off because the credit ran out
 */
record MeterMemory(
        long grains,
        Instant at,
        boolean supply,
        long version,
        long desired,
        long purchase,
        String order,
        long credit,
        boolean starved) {}
