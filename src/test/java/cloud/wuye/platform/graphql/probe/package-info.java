/**
 * Odd corners of GraphQL that no feature has, for the tests of {@code platform.graphql}. They stand in the schema only
 * under {@link cloud.wuye.platform.graphql.probe.ProbeProfile}.
 */
package cloud.wuye.platform.graphql.probe;
