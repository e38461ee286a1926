export { describeKafkaError } from '../../kafka/fault.js';
