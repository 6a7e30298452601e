/** What is common to the few doors that are not GraphQL: uploads, downloads, brokers. Neighbours: platform.problem. */
package cloud.wuye.platform.rest;
