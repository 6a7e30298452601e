/**
 * What a unit of electricity or water costs: plans, their versions with validity, and the prices laid out over time for
 * statements. {@code docs/explanation/tariffs.md} tells how an interval becomes lines.
 *
 * <p>Which meter has which plan is not known here: whoever meters asks {@link cloud.wuye.tariff.Tariffs}, or calls the SQL
 * function {@code rate_usage} in a statement of its own. The engine is {@link cloud.wuye.tariff.rating}.
 *
 * <p>May use: platform, schedule, tenant, identity, space, holiday, ledger.
 */
package cloud.wuye.tariff;
